"""What the stories share: a city that was founded once, and a copy of it for each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import keyring
import msgspec
import pytest

from clerk.clock import SettableClock
from tests.flows.town import Mould, Town, found_mould
from tests.support.cases import MONDAY
from tests.support.desk import (  # noqa: F401 - fixtures
    Hall,
    memory_keyring,
)
from tests.support.once import made_once
from tests.support.seats import MemoryKeyring
from tests.support.sheets import few_frames, shared_sheets  # noqa: F401 - fixtures


@pytest.fixture(scope="session")
def mould(tmp_path_factory: pytest.TempPathFactory) -> Mould:
    """The city that is copied, with its keys."""
    with made_once(tmp_path_factory, "city") as (folder, first):
        told = folder / "mould.msgpack"
        if first:
            (folder / "runtime").mkdir()
            (folder / "city").mkdir()
            with _keyring() as kept, pytest.MonkeyPatch.context() as patch:
                patch.setenv("CLERK_RUNTIME_DIR", str(folder / "runtime"))
                found = found_mould(folder / "city", kept)
            told.write_bytes(msgspec.msgpack.encode(found))
        return msgspec.msgpack.decode(told.read_bytes(), type=Mould)


@pytest.fixture
def clock() -> SettableClock:
    """The clock of central and of every desk: a Monday morning."""
    return SettableClock(MONDAY)


@pytest.fixture
def town(
    mould: Mould,
    tmp_path: Path,
    memory_keyring: MemoryKeyring,  # noqa: F811 - a fixture
    clock: SettableClock,
) -> Iterator[Town]:
    """A city of this test's own."""
    town = Town(mould, tmp_path / "city", memory_keyring, clock)
    yield town
    town.close()


@pytest.fixture
def hall(town: Town, clock: SettableClock) -> Iterator[Hall]:
    """The city's central, which can be stopped and started again at the same address."""
    hall = Hall(f"sqlite:///{town.database}", clock)
    yield hall
    town.close()
    hall.stop()


@contextmanager
def _keyring() -> Iterator[MemoryKeyring]:
    before, backend = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(backend)
    try:
        yield backend
    finally:
        keyring.set_keyring(before)
