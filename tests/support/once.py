"""What the first worker that needs it makes for all of them: they run the same tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock


def folder_of_all(factory: pytest.TempPathFactory) -> Path:
    """The folder that the workers of this run have in common."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@contextmanager
def made_once(factory: pytest.TempPathFactory, name: str) -> Iterator[tuple[Path, bool]]:
    """A folder for all workers, and whether it is still to be filled; the others wait for that."""
    folder = folder_of_all(factory) / f"once-{name}"
    made = folder / "made"
    with FileLock(folder.with_suffix(".lock")):
        first = not made.exists()
        if first:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        yield folder, first
        made.touch()
