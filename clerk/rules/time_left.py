"""How long something still takes, by how long it took so far."""

from __future__ import annotations

import math

_SURE_AFTER_S = 1.0


def seconds_left(done: int, total: int, elapsed_s: float) -> int | None:
    """Whole seconds, rounded up; None where too little is done to tell, or the total unknown."""
    if not 0 < done <= total or elapsed_s < _SURE_AFTER_S:
        return None
    return math.ceil(elapsed_s * (total - done) / done)
