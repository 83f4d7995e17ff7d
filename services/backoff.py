"""How long to stay away from a central that did not answer: full jitter, never in step."""

from __future__ import annotations

from collections.abc import Callable

from clerk.errors import ClerkError

_FIRST_S = 1.0
_MOST_S = 60.0
_MOST_DOUBLINGS = 6


def delay_s(failures: int, error: ClerkError | None, chance: Callable[[], float]) -> float:
    """Seconds until the next try after so many failures in a row; `chance` is of 0 to 1.

    What central asked for by Retry-After is kept to, with some more so that not all desks of a
    city come back in one second.
    """
    assert failures > 0, "the first try waits for nobody"
    longest: float = min(_MOST_S, _FIRST_S * 2 ** min(failures - 1, _MOST_DOUBLINGS))
    told = error.parameters.get("retry_after_s", 0) if error else 0
    at_least = float(told) if isinstance(told, int) else 0.0
    return at_least + chance() * longest
