"""What the first screen lists: drafts, and the saved queries of a role."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from msgspec.structs import replace

from clerk.clock import OFFICE_ZONE
from clerk.contract.draft import Draft
from clerk.contract.user import Role
from clerk.errors import StoreError
from clerk.locale import _, listed, mark
from clerk.rules.case.deferring import deferred_light
from clerk.rules.clock import Light
from clerk.rules.numbers import spaced
from clerk.rules.typed import is_meant
from screens.lights import class_of, name_light, name_moment, name_short_day
from screens.words import word
from services.bootstrap import Desk
from services.cases import CaseKey, CaseQuery, ListedCase, Order, key_of
from services.outline import Outline, is_after
from services.queues import Queue

PAGE = 200
"""Rows of a page: some screens of them, and the smallest list that is laid out before its end."""

DRAFTS = Queue(key="drafts", title=mark("Drafts"))
"""Not a query of cases, but a list like the others to whoever works with it."""

SAVED = "saved:"
"""How the key of a list begins that somebody keeps under a name."""

_STEP_ROLES = (Role.HANDLER, Role.REVIEWER, Role.APPROVER)
_ITEM_UNKNOWN = _UNCOUNTED = "…"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: a case or a draft, written out; `group` is what a grouped list says.

    `key` is the place of a case in the list. The case itself is not held: thousands of lines are.
    """

    id: str
    is_draft: bool
    cells: tuple[str, ...]
    colour: str
    key: CaseKey | None = None
    group: str = ""


@dataclass(frozen=True)
class Counted:
    """A list and how many lines it has; nothing while that is being counted."""

    queue: Queue
    count: int | None

    @property
    def told(self) -> str:
        """The number, or the sign that it is on its way."""
        return _UNCOUNTED if self.count is None else str(self.count)


@dataclass(frozen=True)
class Page:
    """The beginning of a list; `query` asks for the whole of it, if there may be more."""

    entries: tuple[Entry, ...]
    query: CaseQuery | None


@dataclass(frozen=True)
class Around:
    """A whole list laid out, with its first page and that where a case is or would be.

    `cursor` is the place of the case.
    """

    outline: Outline
    first: tuple[Entry, ...]
    page: int
    entries: tuple[Entry, ...]
    cursor: int


def lists_of(desk: Desk) -> tuple[Queue, ...]:
    """The lists of whoever is signed in."""
    queues = _lists_of_role(desk)
    return (*queues, *_saved(desk, queues))


def _saved(desk: Desk, queues: Sequence[Queue]) -> Iterator[Queue]:
    """What somebody keeps under a name, over a list that is still theirs."""
    by_key = {one.key: one for one in queues}
    for one in desk.saved_lists.all():
        if one.queue in by_key:
            base = by_key[one.queue]
            query = replace(base.query, text=one.text, order=one.order or base.query.order)
            yield replace(base, key=SAVED + one.name, title=one.name, query=query)


def _lists_of_role(desk: Desk) -> tuple[Queue, ...]:
    user, queues = desk.present or desk.session.get_user(), desk.cases.queues()
    if user.has(Role.COUNTER):
        return (DRAFTS, *queues)
    if any(user.has(role) for role in _STEP_ROLES):
        return queues
    answers = user.has(Role.HEAD)
    return tuple(
        one
        for one in queues
        if not (one.of_step or one.claimed or one.urged) and (answers or not one.supervised)
    )


def find_first(desk: Desk) -> Queue | None:
    """The first list that has a line; the first of all where none has."""
    lists = lists_of(desk)
    full = (one for one in lists if first_page(desk, one, "", 1).entries)
    return next(full, lists[0] if lists else None)


def first_page(
    desk: Desk, queue: Queue, text: str, most: int = PAGE, order: Order | None = None
) -> Page:
    """The beginning of a list, narrowed to what was typed, in another order if one is wanted."""
    if queue.key == DRAFTS.key:
        return Page(list_drafts(desk, text, order), None)
    query = desk.cases.query_of(queue)
    query = replace(query, text=text or query.text, limit=most, order=order or query.order)
    entries = _entries(desk, query)
    return Page(entries, query if len(entries) == most else None)


def rows_of(desk: Desk, query: CaseQuery) -> tuple[Entry, ...]:
    """The first page of a list, of which the beginning was there."""
    return _entries(desk, query)


def read_page(desk: Desk, query: CaseQuery, outline: Outline, page: int) -> tuple[Entry, ...]:
    """One page of a list; what has come between its rows since it was laid out is left out."""
    size = outline.size_of(page)
    asked = replace(query, after=outline.key_before(page), limit=max(1, size))
    entries = _entries(desk, asked)
    if page + 1 == outline.pages:
        return entries
    end = outline.ends[page]
    return tuple(one for one in entries if one.key and not is_after(one.key, end, query.order))


def read_around(desk: Desk, query: CaseQuery, key: CaseKey) -> Around:
    """A list laid out anew, and where a case of it has gone."""
    outline = desk.cases.outline(query, query.limit)
    page = outline.page_with(key)
    first = entries = read_page(desk, query, outline, 0)
    if page:
        entries = read_page(desk, query, outline, page)
    found = (
        n for n, one in enumerate(entries) if one.key and not is_after(key, one.key, query.order)
    )
    return Around(outline, first, page, entries, outline.start_of(page) + next(found, len(entries)))


def _entries(desk: Desk, query: CaseQuery) -> tuple[Entry, ...]:
    now = desk.clock.now()
    today = now.astimezone(OFFICE_ZONE).date()
    told = _told_deferred if query.deferred else _told_due
    same: dict[str, str] = {}
    return tuple(
        _entry(row, now, told(row, now, today), query.order, same.setdefault)
        for row in desk.cases.page(query)
    )


def _group(row: ListedCase, order: Order) -> str:
    match order:
        case Order.ITEM:
            return row.item_name
        case Order.APPLICANT:
            return row.applicant_name
        case Order.DEPARTMENT:
            return row.department_name
        case _:
            return ""


def typed_number(text: str) -> str:
    """What was typed to look for: a number without the gaps that a receipt shows it with."""
    close = "".join(text.split())
    return close if close.isdecimal() else text.strip()


def count_list(desk: Desk, queue: Queue) -> int:
    """How many lines a list has."""
    if queue.key == DRAFTS.key:
        return len(desk.drafts.list())
    return desk.cases.count(desk.cases.query_of(queue))


def list_drafts(desk: Desk, text: str, order: Order | None) -> tuple[Entry, ...]:
    """The drafts in which each word that was typed stands, in order: there are never many."""
    drafts = desk.drafts.list()
    if order in {Order.NEWEST, Order.OLDEST}:
        newest = order is Order.NEWEST
        drafts = tuple(sorted(drafts, key=lambda one: one.updated_at, reverse=newest))
    entries = (_draft_entry(desk, draft, order) for draft in drafts)
    meant = [one for one in entries if is_meant(one.cells, text)]
    return tuple(sorted(meant, key=lambda one: (not one.group, one.group)))


def _draft_entry(desk: Desk, draft: Draft, order: Order | None) -> Entry:
    items = listed(_item_name(desk, one.item, one.version) for one in draft.items)
    name = draft.name or (draft.card.name if draft.card else "")
    cells = (
        _("Parked") if draft.parked else _("Draft"),
        items or _("no item yet"),
        name,
        name_moment(draft.updated_at),
        "",
        "",
        "",
    )
    group = {Order.ITEM: items, Order.APPLICANT: name}.get(order, "") if order else ""
    return Entry(draft.id, is_draft=True, cells=cells, colour="", group=group)


def _item_name(desk: Desk, item: str, version: int) -> str:
    try:
        return desk.catalogue.item(item, version).name
    except StoreError:
        return _ITEM_UNKNOWN


def _told_due(row: ListedCase, now: datetime, today: date) -> tuple[str, Light]:
    """The promised day, and the light of it."""
    return name_due(row, today), row.light(now)


def _told_deferred(row: ListedCase, _now: datetime, today: date) -> tuple[str, Light]:
    """The day by which its first deferred paper is promised, and the light of that day."""
    return name_short_day(row.deferred_due, today), deferred_light(row.deferred_due, today)


def _entry(
    row: ListedCase,
    now: datetime,
    told: tuple[str, Light],
    order: Order,
    same: Callable[[str, str], str],
) -> Entry:
    """A case written out; `same` answers the text that an earlier line has, if there is one."""
    due, light = told
    texts = (
        row.item_name,
        row.applicant_name,
        name_standing(row),
        row.claim_name if row.claim_until and row.claim_until > now else "",
        due,
        _sign(row) or name_light(light),
    )
    return Entry(
        row.id,
        is_draft=False,
        cells=(spaced(row.number), *(same(one, one) for one in texts)),
        colour=_colour(row, light),
        key=key_of(row, order),
        group=_group(row, order),
    )


def name_standing(row: ListedCase) -> str:
    """Where a case stands: its step while it has one, where its result is, else its stage."""
    if row.step_name:
        return row.step_name
    return word(row.delivery) if row.delivery.value != "none" else word(row.stage)


def name_due(row: ListedCase, today: date) -> str:
    """The promised day; a forecast is shown as one."""
    day = name_short_day(row.promised_due, today)
    return f"≈{day}" if row.forecast and day else day


def _sign(row: ListedCase) -> str:
    if row.problem:
        return "! " + _("refused")
    return "… " + _("waiting") if row.waiting else ""


def _colour(row: ListedCase, light: Light) -> str:
    if row.problem:
        return "listing--red"
    return "listing--waiting" if row.waiting else class_of(light)


class Entries:
    """The lines that central has told so far; it tells when the last one is seen."""

    def __init__(self, entries: Sequence[Entry], near_end: Callable[[], None]) -> None:
        """Draw these."""
        self.entries = list(entries)
        self._near_end = near_end

    def __len__(self) -> int:
        """How many are loaded."""
        return len(self.entries)

    def cells(self, index: int) -> Sequence[str]:
        """The texts of one line."""
        if index == len(self.entries) - 1:
            self._near_end()
        return self.entries[index].cells

    def mark(self, index: int) -> str:
        """The colour of one line."""
        return self.entries[index].colour

    def identity(self, index: int) -> str:
        """Which case it is."""
        return self.entries[index].id
