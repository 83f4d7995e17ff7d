"""`clerk demo` without a terminal: one whole day, told as a story."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from services.demo.city import City
from services.demo.day import play_day
from services.demo.telling import Teller


def play(out: Path) -> int:
    """Play the day in a city of its own, which is gone afterwards; its papers stay in `out`."""
    teller = Teller(_write, out)
    with tempfile.TemporaryDirectory(prefix="clerk-demo-") as folder, City(Path(folder)) as city:
        play_day(city, teller)
    return 0


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
