"""How often somebody without a token may ask, by the address that they come from."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta

from clerk.errors import RefusedError

MOST = 30
WINDOW = timedelta(minutes=1)
_REMEMBERED = 10_000
"""So many addresses; the one that was quiet longest is forgotten first."""


class Visits:
    """The visits of late, at this process."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = threading.Lock()
        self._seen: OrderedDict[str, deque[datetime]] = OrderedDict()

    def note(self, address: str, now: datetime) -> None:
        """Let one more in. Raises RefusedError `verification.too_many`."""
        with self._lock:
            seen = self._seen.setdefault(address, deque(maxlen=MOST))
            self._seen.move_to_end(address)
            if len(self._seen) > _REMEMBERED:
                self._seen.popitem(last=False)
            while seen and seen[0] <= now - WINDOW:
                seen.popleft()
            if len(seen) >= MOST:
                raise RefusedError("verification.too_many")
            seen.append(now)
