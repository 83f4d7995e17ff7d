"""A page of a bootstrap as rows, made before its transaction begins.

Reading a page takes longer than writing it: done first, it keeps no clerk's keystroke waiting, and
goes on while the page before is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec

from clerk.contract.case import CaseRecord
from clerk.contract.item import Item
from clerk.contract.sync import BootstrapPage, Put
from clerk.rules.calendar import WorkCalendar
from storage import cases, unread
from storage.cases import CaseRows, StoredCase
from storage.items import StoredItem


class Arrived(msgspec.Struct, frozen=True, kw_only=True):
    """What a page brings; `calendar` is the one that its cases were dated with."""

    page: BootstrapPage
    calendar: WorkCalendar | None
    small: list[Put]
    items: list[StoredItem]
    cases: CaseRows


def read_page(page: BootstrapPage, calendar: WorkCalendar | None, now: datetime) -> Arrived:
    """Take a page apart; what is too new for this program is kept as it came."""
    small: list[Put] = []
    found: list[StoredItem] = []

    def each_case() -> Iterator[StoredCase]:
        for put, body in unread.read_each(page.items, small):
            if isinstance(body, CaseRecord):
                yield StoredCase(body, put.body)
            elif isinstance(body, Item):
                found.append(StoredItem(body, bytes(put.body)))
            else:
                small.append(put)

    rows = cases.rows_of(each_case(), calendar, now)
    return Arrived(page=page, calendar=calendar, small=small, items=found, cases=rows)
