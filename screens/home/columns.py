"""What the lists of the first screen tell of each case or draft."""

from __future__ import annotations

from dataclasses import replace

from clerk.locale import mark
from screens.widgets.column import Column
from services.cases import Order

_NEVER = 10_000
"""A width that no terminal has."""


def columns_of(
    *, drafts: bool = False, group: Order | None = None, order: Order | None = None
) -> list[Column]:
    """The columns of a list; what it is grouped by stands first and not twice."""
    shown = _NEVER if drafts else 0
    item, applicant = (_NEVER if group is one else 0 for one in (Order.ITEM, Order.APPLICANT))
    columns = [
        Column(mark("Number"), 18, order=Order.NEWEST),
        Column(mark("Item"), 0, item, order=Order.ITEM),
        Column(mark("Applicant"), 0, applicant, order=Order.APPLICANT),
        Column(mark("Last typed"), 16) if drafts else Column(mark("Stands at"), 10, wide=18),
        Column(mark("Held by"), 12, _NEVER if drafts else 100),
        Column(mark("Promised"), 9, shown, order=Order.DUE),
        Column(mark("Light"), 10, shown),
    ]
    if order is not None and group is None:
        columns = [replace(one, sorted=_sign(one, order)) for one in columns]
    return columns if group is None else [Column(_name_of(group), share=3), *columns]


def _sign(column: Column, order: Order) -> int:
    """Which way the rows go by this column: the newest first go down."""
    if column.order == Order.NEWEST:
        return {Order.NEWEST: -1, Order.OLDEST: 1}.get(order, 0)
    return int(column.order == order)


def _name_of(group: Order) -> str:
    match group:
        case Order.ITEM:
            return mark("Item")
        case Order.APPLICANT:
            return mark("Applicant")
        case _:
            return mark("Department")
