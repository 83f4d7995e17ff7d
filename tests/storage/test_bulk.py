"""Many rows at once: in whole blocks and one by one they are all there, an equal key replaced."""

from __future__ import annotations

import pytest

from storage.bulk import write_rows
from storage.schema import kept
from storage.store import Store


@pytest.mark.parametrize("count", [0, 1, 249, 250, 251, 1000])
def test_rows_in_blocks_are_all_there(store: Store, count: int) -> None:
    rows = [(f"row {place:04}", f"value {place}".encode()) for place in range(count)]
    with store.begin() as conn:
        conn.execute(kept.delete())
        write_rows(conn, kept, [(name, b"older") for name, _value in rows[::2]])
        write_rows(conn, kept, rows)
        found = conn.execute(kept.select().order_by(kept.c.name)).all()
    assert [tuple(row) for row in found] == rows
