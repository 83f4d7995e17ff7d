"""The store's key: from a keyring that keeps, else wrapped; never in plaintext."""

from __future__ import annotations

import base64
import os
import stat
from collections.abc import Callable

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from clerk.errors import StoreError
from services.keys import find_keyring, needs_passphrase, open_key
from services.passphrase import ask_passphrase
from services.profile import Profile, get_profile
from tests.support.seats import MemoryKeyring

MAKE_NONE: Callable[[], KeyringBackend] = fail.Keyring


class ForgetfulKeyring(MemoryKeyring):
    """A keyring that takes secrets and loses them."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


@pytest.fixture
def profile() -> Profile:
    return get_profile()


def test_the_key_lies_in_the_keyring(profile: Profile) -> None:
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    key = open_key(profile)
    assert len(key) == 32
    assert open_key(profile) == key
    assert list(backend.kept.values()) == [base64.b64encode(key).decode()], "and the probe is gone"
    assert base64.b64encode(key) not in profile.key_file.read_bytes()


def test_two_profiles_have_two_keys(profile: Profile) -> None:
    keyring.set_keyring(MemoryKeyring())
    assert open_key(profile) != open_key(get_profile("other"))


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring, ForgetfulKeyring])
def test_a_keyring_that_keeps_nothing_is_not_trusted(
    profile: Profile, backend: type[KeyringBackend]
) -> None:
    keyring.set_keyring(backend())
    assert find_keyring() is None
    assert needs_passphrase(profile)
    with pytest.raises(StoreError, match=r"store\.passphrase_needed"):
        open_key(profile)
    assert not profile.key_file.exists()


def test_a_passphrase_wraps_the_key(profile: Profile) -> None:
    keyring.set_keyring(MAKE_NONE())
    key = open_key(profile, "paper and seal")
    assert open_key(profile, "paper and seal") == key
    assert needs_passphrase(profile)
    written = profile.key_file.read_bytes()
    assert key not in written
    assert base64.b64encode(key) not in written
    if os.name != "nt":
        assert stat.S_IMODE(profile.key_file.stat().st_mode) == 0o600


def test_a_wrong_passphrase_is_told(profile: Profile) -> None:
    open_key(profile, "paper and seal")
    with pytest.raises(StoreError, match=r"store\.wrong_passphrase"):
        open_key(profile, "paper and seals")
    with pytest.raises(StoreError, match=r"store\.passphrase_needed"):
        open_key(profile)


def test_the_environment_hands_a_passphrase_in(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = open_key(profile, "paper and seal")
    monkeypatch.setenv("CLERK_PASSPHRASE", "paper and seal")
    assert open_key(profile) == key
    assert not needs_passphrase(profile)


def test_a_lost_secret_is_told(profile: Profile) -> None:
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    open_key(profile)
    backend.kept.clear()
    with pytest.raises(StoreError, match=r"store\.key_missing"):
        open_key(profile)


def test_a_store_without_its_key_file_gets_no_new_key(profile: Profile) -> None:
    profile.store.write_bytes(b"encrypted")
    with pytest.raises(StoreError, match=r"store\.key_missing"):
        open_key(profile, "paper and seal")


def test_a_spoilt_key_file_is_told(profile: Profile) -> None:
    profile.key_file.write_text("{}", "utf-8")
    with pytest.raises(StoreError, match=r"store\.key_unreadable"):
        open_key(profile, "paper and seal")


def test_a_new_passphrase_is_explained_and_typed_twice(
    profile: Profile, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip in one that nobody can restore would lock the desk's store for good."""
    keyring.set_keyring(MAKE_NONE())
    typed = iter(["", "paper-and-sael", "paper-and-seal", "paper-and-seal", "paper-and-seal"])
    asked: list[str] = []

    def type_next(prompt: str) -> str:
        asked.append(prompt)
        return next(typed)

    monkeypatch.setattr("getpass.getpass", type_next)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    chosen = ask_passphrase(profile)
    told = capsys.readouterr().out
    assert chosen == "paper-and-seal"
    assert told.startswith("This machine keeps no secrets")
    assert "must not be empty" in told
    assert "not the same" in told
    open_key(profile, chosen)
    typed = iter(["paper-and-seal"])
    assert ask_passphrase(profile) == chosen, "one that is known is asked for once"
    assert not capsys.readouterr().out
    typed = iter(["paper-and-sael", "", "paper-and-seal"])
    assert ask_passphrase(profile) == chosen, "a slip does not close the terminal"
    assert capsys.readouterr().out.count("The passphrase is wrong. Type it again.") == 2
    typed = iter(["guessed", "and", "guessed"])
    with pytest.raises(StoreError, match=r"store\.wrong_passphrase"):
        ask_passphrase(profile)
