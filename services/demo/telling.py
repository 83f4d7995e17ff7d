"""Telling the day: numbered scenes, and what happened in each, in the language spoken."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path


class Teller:
    """Writes the story and gathers the papers that it leaves."""

    def __init__(self, write: Callable[[str], object], out: Path) -> None:
        """Write lines through `write`; keep papers in `out`."""
        self._write = write
        self._out = out
        self._scene = 0
        out.mkdir(parents=True, exist_ok=True)

    def scene(self, title: str) -> None:
        """Begin the next part of the day."""
        self._scene += 1
        self._write(f"\n{self._scene}. {title}\n")

    def say(self, sentence: str) -> None:
        """One thing that happened."""
        self._write(f"   {sentence}\n")

    def keep(self, paper: Path, name: str) -> Path:
        """Copy a paper to where the day leaves it, under a name of its own."""
        kept = self._out / f"{self._scene:02}-{name}{paper.suffix}"
        shutil.copyfile(paper, kept)
        self._write(f"   → {kept}\n")
        return kept
