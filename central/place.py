"""Where central keeps its database if nobody says otherwise."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_FILE = "central.db"


def default_url() -> str:
    """The URL from CLERK_DATABASE, else an SQLite file in this user's data folder."""
    told = os.environ.get("CLERK_DATABASE")
    return told or f"sqlite:///{_data_folder() / _FILE}"


def blobs_url(database: Path | None) -> str:
    """The URL from CLERK_BLOBS, else a folder beside an SQLite file, else in the data folder."""
    told = os.environ.get("CLERK_BLOBS")
    if told:
        return told
    folder = database.with_name(f"{database.stem}-blobs") if database else _data_folder() / "blobs"
    return f"file://{folder.absolute()}"


def make_folder(url: str) -> None:
    """Make the folder of an SQLite file, readable by its owner only."""
    if url.startswith("sqlite:///"):
        folder = Path(url.removeprefix("sqlite:///")).parent
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def _data_folder() -> Path:
    told = os.environ.get("CLERK_DATA_DIR")
    return Path(told) if told else platformdirs.user_data_path("clerk", appauthor=False)
