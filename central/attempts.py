"""Wrong passwords are limited per desk and per case, so that nobody tries them all."""

from __future__ import annotations

import math
import threading
from collections import deque
from datetime import datetime, timedelta

from clerk.errors import RefusedError

MOST_ATTEMPTS = 10
WINDOW = timedelta(minutes=5)


class Attempts:
    """The wrong passwords of late, at this process."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = threading.Lock()
        self._failures: dict[str, deque[datetime]] = {}

    def demand_few(self, subject: str, now: datetime) -> None:
        """Refuse where too many were guessed lately, at this desk or for this case.

        The refusal says in how many seconds the next guess is heard.
        """
        with self._lock:
            failures = self._failures.get(subject, deque())
            while failures and failures[0] <= now - WINDOW:
                failures.popleft()
            if len(failures) >= MOST_ATTEMPTS:
                left = failures[0] + WINDOW - now
                raise RefusedError(
                    "session.too_many_attempts", retry_after_s=math.ceil(left.total_seconds())
                )

    def note(self, subject: str, now: datetime) -> None:
        """Remember a wrong password."""
        with self._lock:
            self._failures.setdefault(subject, deque(maxlen=MOST_ATTEMPTS)).append(now)
