"""What lies ready for whoever stands at the window, and a word on the receipt that was scanned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from clerk.contract.case import Delivery
from clerk.contract.identity import IdKind
from clerk.errors import ClerkError
from clerk.locale import _, listed
from clerk.rules.case import Case
from clerk.rules.numbers import looks_like_case_number, read_case_number, spaced
from screens.home.lists import name_standing
from screens.telling import explain
from services.bootstrap import Desk


class Found(NamedTuple):
    """The results that are ready; `note` says what is odd about the receipt.

    `held_back` are handed over together with others that are still to come; of `sent`, numbers
    by case, the handing out has no answer yet.
    """

    cases: tuple[Case, ...]
    note: str = ""
    held_back: frozenset[str] = frozenset()
    sent: Mapping[str, str] = {}


def find_ready(desk: Desk, text: str, kind: IdKind | None) -> Found:
    """Ask for what is ready, and look the scanned case up where it is not among it."""
    found = desk.release.find(text, kind)
    unanswered = still_unanswered(desk, (one.id for one in found.cases))
    ready = tuple(one for one in found.cases if one.id not in unanswered)
    if unanswered:
        sent = {one.id: one.number for one in found.cases if one.id in unanswered}
        return Found(ready, held_back=frozenset(found.held_back), sent=sent)
    if found.held_back:
        return Found(ready, _explain_waiting(found.held_back), frozenset(found.held_back))
    if kind is not None or not looks_like_case_number(text):
        nothing = _("Nothing lies ready at this window for this number.")
        return Found(ready, "" if ready else nothing)
    number = str(read_case_number(text))
    if any(one.number == number for one in ready):
        return Found(ready)
    return Found(ready, _explain_absence(desk, number))


def still_unanswered(desk: Desk, case_ids: Iterable[str]) -> frozenset[str]:
    """Those whose handing out was sent and has no answer yet: nobody hands them out again."""
    return frozenset(one for one in case_ids if _is_unanswered(desk, one))


def _is_unanswered(desk: Desk, case_id: str) -> bool:
    try:
        detail = desk.cases.detail(case_id)
    except ClerkError:
        return False  # a case of another window: what was sent of it is told by the sync centre
    return detail.waiting and detail.case.delivery is Delivery.RELEASED


def tell_sent(numbers: Iterable[str]) -> str:
    """What to do with cases whose handing out has no answer."""
    told = _("Sent, and central's answer is awaited: {numbers}. Do not hand it out again.")
    return told.format(numbers=listed(spaced(one) for one in numbers))


def tell_answered(numbers: Iterable[str]) -> str:
    """Where to look once they have one."""
    told = _("Central has answered: {numbers}. Its case says how; Ctrl+L there prints the proof.")
    return told.format(numbers=listed(spaced(one) for one in numbers))


def _explain_waiting(held_back: dict[str, tuple[str, ...]]) -> str:
    """What the applicant wants together is not marked; it says what it waits for."""
    names = dict.fromkeys(name for told in held_back.values() for name in told)
    text = _("Not marked: the applicant wants results together with {names}, still to come.")
    return text.format(names=listed(names))


def _explain_absence(desk: Desk, number: str) -> str:
    """Why the case of this receipt is not ready."""
    row = desk.cases.find_by_number(number)
    if row is None:
        return _("Case {number} is not known at this window.").format(number=spaced(number))
    if row.delivery is Delivery.RELEASED:
        return str(explain("delivery.already_released", {"number": spaced(number)}))
    text = _("Case {number} is not ready yet: it stands at “{standing}”.")
    return text.format(number=spaced(number), standing=name_standing(row))
