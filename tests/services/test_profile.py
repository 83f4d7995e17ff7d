"""Profiles: folders of their own, settings that outlast a start."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from clerk.errors import InputError, StoreError
from services.profile import Settings, get_profile, read_settings, write_settings


def test_a_profile_lies_where_the_environment_says() -> None:
    profile = get_profile("east")
    assert profile.store == Path(os.environ["CLERK_DATA_DIR"]) / "east" / "desk.db"
    assert profile.settings_file.parent == Path(os.environ["CLERK_CONFIG_DIR"]) / "east"
    assert profile.log.parent == Path(os.environ["CLERK_STATE_DIR"]) / "east"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_others_may_not_enter() -> None:
    assert stat.S_IMODE(get_profile().data.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["", "../east", "East", "a/b", "x" * 33])
def test_an_odd_name_is_refused(name: str) -> None:
    with pytest.raises(InputError, match=r"profile\.name"):
        get_profile(name)


def test_a_folder_that_cannot_be_made_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    monkeypatch.setenv("CLERK_DATA_DIR", str(tmp_path / "file"))
    with pytest.raises(StoreError, match=r"profile\.folder"):
        get_profile()


def test_settings_are_kept() -> None:
    profile = get_profile()
    assert read_settings(profile) == Settings()
    write_settings(profile, Settings(central="http://127.0.0.1:1", language="en"))
    assert read_settings(profile).central == "http://127.0.0.1:1"


def test_spoilt_settings_are_told() -> None:
    profile = get_profile()
    profile.settings_file.write_text("{", "utf-8")
    with pytest.raises(StoreError, match=r"settings\.unreadable"):
        read_settings(profile)
