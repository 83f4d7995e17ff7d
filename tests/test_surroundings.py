"""The tests' own guards hold: a distant host is refused, loopback is open."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tests.conftest import DistantNetworkError, is_near


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", None])
def test_this_machine_is_near(host: str | None) -> None:
    assert is_near(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "central.example"])
def test_others_are_distant(host: str) -> None:
    assert not is_near(host)


def test_a_distant_connection_is_refused() -> None:
    with socket.socket() as distant, pytest.raises(DistantNetworkError):
        distant.connect(("192.0.2.1", 80))


def test_a_distant_datagram_is_refused() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as distant, pytest.raises(DistantNetworkError):
        distant.sendto(b"here", ("192.0.2.1", 9))


def test_a_distant_name_is_not_resolved() -> None:
    with pytest.raises(DistantNetworkError):
        socket.create_connection(("central.example", 80))


def test_loopback_is_open() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as near,
    ):
        answered, _ = server.accept()
        with answered:
            answered.sendall(b"here")
            assert near.recv(4) == b"here"


def test_home_is_the_tests_own(tmp_path: Path) -> None:
    assert Path(os.environ["HOME"]).is_relative_to(tmp_path)
    assert Path(os.environ["CLERK_DATA_DIR"]).is_relative_to(tmp_path)
