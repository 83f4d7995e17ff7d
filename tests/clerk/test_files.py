"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clerk.files import write_atomic


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with nothing in it."""
    made = tmp_path / "papers"
    made.mkdir()
    return made


def test_writes_and_replaces(folder: Path) -> None:
    path = folder / "a.pdf"
    write_atomic(path, b"one")
    write_atomic(path, b"two")
    assert path.read_bytes() == b"two"
    assert [found.name for found in folder.iterdir()] == ["a.pdf"]


def test_a_failure_leaves_the_old_file_and_no_rubbish(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "a.pdf"
    write_atomic(path, b"one")

    def fail(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_atomic(path, b"two")
    assert path.read_bytes() == b"one"
    assert [found.name for found in folder.iterdir()] == ["a.pdf"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_only_the_owner_may_read(folder: Path) -> None:
    write_atomic(folder / "a.pdf", b"one")
    assert (folder / "a.pdf").stat().st_mode & 0o077 == 0
