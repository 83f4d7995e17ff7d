"""What SQLAlchemy works out about a statement, shared by all databases on one driver.

A program opens one database and compiles each of its statements once; tests open thousands.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

_MOST = 5000
"""Statements that are kept for each driver: more than the programs have."""


class _Known(NamedTuple):
    """What is known on one driver: of each statement, and of each type of column."""

    statements: Any
    types: Any


@contextmanager
def shared_statements() -> Iterator[None]:
    """Let each database go on with what those before it on its driver had compiled."""
    known: dict[object, _Known] = {}

    def share(connection: Connection) -> None:
        engine: Any = connection.engine
        driver = _driver_of(engine.dialect)
        if driver not in known:
            known[driver] = _Known(LRUCache(_MOST), WeakKeyDictionary())
        engine._compiled_cache, engine.dialect._type_memos = known[driver]

    event.listen(Engine, "engine_connect", share)
    with pytest.MonkeyPatch.context() as patch:
        # A statement is looked up by its dialect, too, which is made anew with each engine.
        patch.setattr(DefaultDialect, "__eq__", _is_same)
        patch.setattr(DefaultDialect, "__hash__", _hash)
        yield
    event.remove(Engine, "engine_connect", share)


def _driver_of(dialect: Any) -> tuple[type, object]:  # noqa: ANN401 - what each kind adds to it
    return type(dialect), dialect.dbapi


def _is_same(one: object, other: object) -> bool:
    return isinstance(other, DefaultDialect) and _driver_of(one) == _driver_of(other)


def _hash(dialect: object) -> int:
    return hash(_driver_of(dialect))
