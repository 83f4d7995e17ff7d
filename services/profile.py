"""A profile: where one desk of this machine keeps its things, and what it is set to.

Every folder is the platform's own for such things, or what `CLERK_DATA_DIR` and its like say.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated

import msgspec
import platformdirs

from clerk.decoding import decode
from clerk.errors import InputError, StoreError
from clerk.files import write_atomic
from clerk.sync.leash import Limits

DEFAULT_NAME = "default"
LOCK_AFTER_MINUTES = 10
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a desk is set to before its store can be opened; nothing in it is secret.

    `central` is the address of the central service, empty until the desk is enrolled; `scans` is
    the folder that a scanner puts its files into. `colours` names a theme, empty for the first;
    `plain` draws no frames, for whoever has the screen read out. `practice` marks a desk of the
    practice city: it speaks to nobody but a central of this machine, and its papers say so.
    After `lock_after_minutes` without a key it locks itself: between a minute and four hours.
    """

    central: str = ""
    scans: str = ""
    language: str = "zh_CN"
    colours: str = ""
    plain: bool = False
    practice: bool = False
    lock_after_minutes: Annotated[int, msgspec.Meta(ge=1, le=240)] = LOCK_AFTER_MINUTES
    leash: Limits = Limits()


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """The folders of one desk. Two profiles on one machine are two desks."""

    name: str
    data: Path
    config: Path
    state: Path

    @property
    def store(self) -> Path:
        """The encrypted store."""
        return self.data / "desk.db"

    @property
    def key_file(self) -> Path:
        """How to come by the store's key; never the key itself."""
        return self.data / "key.json"

    @property
    def papers(self) -> Path:
        """The printed forms, named without any word about people."""
        return self.data / "papers"

    @property
    def reports(self) -> Path:
        """The manager's workbooks."""
        return self.data / "reports"

    @property
    def log(self) -> Path:
        """The log of this desk."""
        return self.state / "desk.log"

    @property
    def settings_file(self) -> Path:
        """What the desk is set to."""
        return self.config / "settings.json"


def get_profile(name: str = DEFAULT_NAME) -> Profile:
    """The profile of this name, with its folders made and closed to other users.

    Raises InputError `profile.name` for a name that cannot be a folder everywhere, and
    StoreError `profile.folder` where a folder cannot be made.
    """
    if not _NAME.fullmatch(name):
        raise InputError("profile.name", name=name)
    return _made(
        Profile(
            name=name,
            data=_folder("DATA", platformdirs.user_data_path("clerk")) / name,
            config=_folder("CONFIG", platformdirs.user_config_path("clerk")) / name,
            state=_folder("STATE", platformdirs.user_state_path("clerk")) / name,
        )
    )


def profile_in(folder: Path, name: str) -> Profile:
    """A profile with all its things in one folder, as a demo keeps them."""
    profile = Profile(
        name=name, data=folder / "data", config=folder / "config", state=folder / "state"
    )
    return _made(profile)


def demo_folder() -> Path:
    """Where the demo city lives between two visits."""
    return _folder("DATA", platformdirs.user_data_path("clerk")) / "demo-city"


def practice_folder() -> Path:
    """Where the practice city lies, apart from every real desk and from the demo."""
    return _folder("DATA", platformdirs.user_data_path("clerk")) / "practice-city"


def _made(profile: Profile) -> Profile:
    for folder in (profile.data, profile.config, profile.state, profile.papers):
        _make(folder)
    return profile


def read_settings(profile: Profile) -> Settings:
    """What the desk is set to; the defaults where nothing was ever set.

    Raises StoreError `settings.unreadable` for a file that somebody spoilt.
    """
    try:
        return decode(profile.settings_file.read_bytes(), Settings)
    except FileNotFoundError:
        return Settings()
    except (OSError, msgspec.DecodeError) as error:
        raise StoreError("settings.unreadable", path=str(profile.settings_file)) from error


def scan_folder(profile: Profile) -> Path | None:
    """Where a scanner puts its files: CLERK_SCAN_DIR, else as the desk is set to, if it is."""
    told = os.environ.get("CLERK_SCAN_DIR") or read_settings(profile).scans
    return Path(told).expanduser() if told else None


def write_settings(profile: Profile, settings: Settings) -> None:
    """Keep the settings for the next start."""
    text = msgspec.json.format(msgspec.json.encode(settings), indent=2)
    write_atomic(profile.settings_file, text + b"\n")


def _folder(kind: str, otherwise: Path) -> Path:
    """The folder that the environment names, else the platform's."""
    named = os.environ.get(f"CLERK_{kind}_DIR")
    return Path(named) if named else otherwise


def _make(folder: Path) -> None:
    """Make a folder that only its owner may enter."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreError("profile.folder", path=str(folder), reason=error.strerror) from error
