"""What the lists of the first screen tell of each case or draft."""

from __future__ import annotations

from clerk.locale import _
from screens.widgets.listing import Column
from services.cases import Order

_NEVER = 10_000
"""A width that no terminal has."""


def columns_of(*, drafts: bool = False, group: Order | None = None) -> list[Column]:
    """The columns of a list; what it is grouped by stands first and not twice."""
    shown = _NEVER if drafts else 0
    columns = [
        Column(_("Number"), 18),
        Column(_("Item"), 0, _NEVER if group is Order.ITEM else 0, share=3),
        Column(_("Applicant"), 0, _NEVER if group is Order.APPLICANT else 0, share=2),
        Column(_("Last typed") if drafts else _("Stands at"), 16 if drafts else 10),
        Column(_("Held by"), 12, _NEVER if drafts else 100),
        Column(_("Promised"), 9, shown),
        Column(_("Light"), 10, shown),
    ]
    return columns if group is None else [Column(_title_of(group), share=3), *columns]


def _title_of(group: Order) -> str:
    match group:
        case Order.ITEM:
            return _("Item")
        case Order.APPLICANT:
            return _("Applicant")
        case _:
            return _("Department")
