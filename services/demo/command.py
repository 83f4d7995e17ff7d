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
    teller = Teller(_write, out)  # where papers cannot be left, no city is founded first
    with tempfile.TemporaryDirectory(prefix="clerk-demo-") as folder, City(Path(folder)) as city:
        play_day(city, teller)
    return 0


def play_in(city: City, out: Path) -> None:
    """Play the day in a city that stays, so that each of its seats has something to look at."""
    play_day(city, Teller(_write, out))
    city.close_desks()


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
