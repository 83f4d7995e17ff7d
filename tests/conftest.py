"""What holds for every test: no distant network, no home directory, one language."""

from __future__ import annotations

import gc
import ipaddress
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from clerk.locale import use_language
from tests.support.power import waiting, without_waiting
from tests.support.statements import shared_statements

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent

# Shared cores make a deadline a matter of luck; a hang is caught by the test's own timeout.
settings.register_profile("clerk", deadline=None)
settings.load_profile("clerk")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`make snapshots` renews what is kept of each screen."""
    parser.addoption("--renew-snapshots", action="store_true", help="keep what screens show now")


_MOST_OBJECTS, _OBJECTS_BETWEEN = 500_000, 150_000
"""So many new objects wake the collector, in place of 700, and fewer between two tests: then most
are rubbish, while within a test it looks through all that is in use. It took a fifth of all time.
"""

gc.set_threshold(_MOST_OBJECTS, *gc.get_threshold()[1:])


def pytest_collection_finish() -> None:
    """Let the collector look at what tests make, and not at the tests again and again."""
    gc.freeze()


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_protocol() -> Iterator[Any]:
    """Throw away what tests left, where the warnings of that are still those of a test."""
    done = yield
    if gc.get_count()[0] > _OBJECTS_BETWEEN:
        gc.collect(0)
    return done


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Look through all that is left once: pytest ends with five looks of its own."""
    gc.collect()
    gc.freeze()
    if "PYTEST_XDIST_WORKER" not in os.environ:
        from tests.support.databases import remove_postgres

        remove_postgres(session.config._tmp_path_factory)  # type: ignore[attr-defined]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the slow ones, in whatever order the rest was shuffled into: none comes last."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


class DistantNetworkError(AssertionError):
    """A test reached beyond this machine."""


def is_near(host: object) -> bool:
    """Whether a host is this machine; a name other than localhost would ask a distant server."""
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    name = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def refuse_distant(host: object) -> None:
    """Fail the test that names a distant host."""
    if not is_near(host):
        message = f"a test reached for {host!r}: only loopback is open"
        raise DistantNetworkError(message)


class NearSocket(socket.socket):
    """A socket that connects to this machine only, by address or by a path of its own."""

    def connect(self, address: Any, /) -> None:  # noqa: ANN401 - as typeshed has it
        """Connect, unless the address is distant."""
        self._refuse(address)
        super().connect(address)

    def connect_ex(self, address: Any, /) -> int:  # noqa: ANN401 - as typeshed has it
        """Connect, unless the address is distant."""
        self._refuse(address)
        return super().connect_ex(address)

    def sendto(self, data: Any, *where: Any) -> int:  # noqa: ANN401 - as typeshed has it
        """Send a datagram, unless the address (the last argument) is distant."""
        self._refuse(where[-1])
        return super().sendto(data, *where)

    def _refuse(self, address: object) -> None:
        if isinstance(address, tuple):
            refuse_distant(address[0])


@pytest.fixture(scope="session", autouse=True)
def _loopback_only() -> Iterator[None]:
    """Open no socket of Python's beyond loopback, and resolve no name elsewhere."""
    resolve = socket.getaddrinfo

    def resolve_near(host: Any, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - passed on
        refuse_distant(host)
        return resolve(host, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", NearSocket)
        patch.setattr(socket, "getaddrinfo", resolve_near)
        yield


@pytest.fixture(scope="session", autouse=True)
def _power() -> Iterator[None]:
    """Databases in files need not outlast a power cut; `office_disk` gives them back their pace."""
    with without_waiting():
        yield


@pytest.fixture(scope="session", autouse=True)
def _statements() -> Iterator[None]:
    """No test compiles again what another one did."""
    with shared_statements():
        yield


@pytest.fixture
def office_disk(_power: None) -> Iterator[None]:
    """Open what this test opens with the settings of the office."""
    with waiting():
        yield


@pytest.fixture(autouse=True)
def _own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test folders, language and a keyring of its own, whoever runs it."""
    for name in [name for name in os.environ if name.startswith("CLERK_")]:
        if name != "CLERK_REFERENCE_DATA":
            monkeypatch.delenv(name)
    for kind in ("cache", "config", "data", "runtime", "state"):
        folder = tmp_path / "home" / kind
        folder.mkdir(parents=True, mode=0o700)
        monkeypatch.setenv(f"CLERK_{kind.upper()}_DIR", str(folder))
        xdg = "XDG_RUNTIME_DIR" if kind == "runtime" else f"XDG_{kind.upper()}_HOME"
        monkeypatch.setenv(xdg, str(folder))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LANGUAGE", "en")
    use_language("en")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """The folder of real catalogue data, which may not be shipped; skips where it is absent."""
    folder = Path(os.environ.get("CLERK_REFERENCE_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("the reference data is absent: set CLERK_REFERENCE_DATA to its folder")
    return folder.resolve()
