"""What the stories of screens share: a hall with desks, and the language they are told in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from clerk.locale import language, use_language
from services.bootstrap import Desk
from tests.support.desk import (  # noqa: F401 - fixtures
    OpenDesk,
    clock,
    desk,
    hall,
    hall_database,
    hall_seats,
    memory_keyring,
    open_at,
)
from tests.support.far import far, proxy  # noqa: F401 - fixtures
from tests.support.sheets import few_frames, shared_sheets  # noqa: F401 - fixtures


@pytest.fixture
def there(open_at: OpenDesk) -> Desk:  # noqa: F811 - the fixture
    """The food department's desk."""
    return open_at("market", department="market")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Stories are told in the source language, whatever another test has spoken."""
    before = language()
    use_language("en")
    yield
    use_language(before)
