"""In which order a board lists its cases, page by page: each page begins behind a key."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Date, Row, and_, func, literal, or_

from central.db.supervision_schema import watched

_PRESSING = watched.c.sort_at
_ORDERS: dict[str, Column[Any]] = {
    "": _PRESSING,
    **{
        name: watched.c[name]
        for name in ("number", "item_name", "step", "department", "promised_due", "statutory_due")
    },
}
"""By their names; the one without a name has the most pressing first, and an index serves it."""

_BETWEEN = "|"


class BoardOrder(NamedTuple):
    """By which column, and which way; cases that are alike there go by their ids.

    A case without a day stands last, whichever way.
    """

    column: Column[Any]
    backwards: bool

    @property
    def by(self) -> tuple[ColumnElement[Any], ...]:
        """What the rows are ordered by."""
        columns = (self._value, watched.c.case_id)
        return tuple(one.desc() for one in columns) if self.backwards else columns

    def key_of(self, row: Row[Any]) -> str:
        """The place of a row."""
        told = row._mapping[self.column]  # noqa: SLF001 - SQLAlchemy's public name for it
        if told is None:
            told = self._no_day
        text = told.isoformat() if isinstance(told, date) else told
        return f"{text}{_BETWEEN}{row.case_id}"

    def after(self, key: str) -> tuple[ColumnElement[bool], ...]:
        """What comes behind a key; everything where there is none. Raises ValueError."""
        if not key:
            return ()
        text, _, case_id = key.rpartition(_BETWEEN)
        told, of_case = self._read(text), watched.c.case_id
        behind = self._value < told if self.backwards else self._value > told
        rest = of_case < case_id if self.backwards else of_case > case_id
        return (or_(behind, and_(self._value == told, rest)),)

    @property
    def _no_day(self) -> date:
        return date.min if self.backwards else date.max

    @property
    def _value(self) -> ColumnElement[Any]:
        if not self.column.nullable:
            return self.column
        return func.coalesce(self.column, literal(self._no_day, Date))

    def _read(self, text: str) -> Any:  # noqa: ANN401 - as the column has it
        if self.column is _PRESSING:
            moment = datetime.fromisoformat(text)
            if moment.tzinfo is None:
                raise ValueError(text)
            return moment
        return date.fromisoformat(text) if self.column.nullable else text


def order_of(name: str, *, backwards: bool) -> BoardOrder:
    """The order of this name. Raises KeyError."""
    return BoardOrder(_ORDERS[name], backwards)


def is_order(name: str, key: str) -> bool:
    """Whether there is such an order, and a page of it can have ended with this key."""
    try:
        order_of(name, backwards=False).after(key)
    except (KeyError, ValueError):
        return False
    return True
