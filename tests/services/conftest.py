"""What the tests of services share: a hall, and desks enrolled with it."""

from tests.support.databases import postgres  # noqa: F401 - a fixture
from tests.support.desk import (  # noqa: F401 - fixtures
    clock,
    desk,
    hall,
    hall_database,
    hall_postgres,
    hall_seats,
    memory_keyring,
    open_at,
)
from tests.support.far import far, proxy  # noqa: F401 - fixtures
