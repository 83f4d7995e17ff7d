"""A desk whose line to central can be broken: it goes through a proxy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.bootstrap import Desk
from tests.support.desk import Hall, OpenDesk
from tests.support.proxy import Proxy, run_proxy


@pytest.fixture
def proxy(hall: Hall) -> Iterator[Proxy]:
    """Stands between a desk and central."""
    with run_proxy(hall.address) as proxy:
        yield proxy


@pytest.fixture
def far(open_at: OpenDesk, proxy: Proxy) -> Desk:
    """A desk of the window whose line goes through the proxy."""
    return open_at("far", window="w1", login="counter", address=proxy.address)
