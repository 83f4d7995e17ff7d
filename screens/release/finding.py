"""What lies ready for whoever stands at the window, and a word on the receipt that was scanned."""

from __future__ import annotations

from typing import NamedTuple

from clerk.contract.case import Delivery
from clerk.contract.identity import IdKind
from clerk.locale import _, listed
from clerk.rules.case import Case
from clerk.rules.numbers import looks_like_case_number, read_case_number, spaced
from screens.home.lists import name_standing
from screens.telling import explain
from services.bootstrap import Desk


class Found(NamedTuple):
    """The results that are ready; `note` says what is odd about the receipt.

    `held_back` are handed over together with others that are still to come.
    """

    cases: tuple[Case, ...]
    note: str = ""
    held_back: frozenset[str] = frozenset()


def find_ready(desk: Desk, text: str, kind: IdKind | None) -> Found:
    """Ask for what is ready, and look the scanned case up where it is not among it."""
    found = desk.release.find(text, kind)
    ready = found.cases
    if found.held_back:
        return Found(ready, _explain_waiting(found.held_back), frozenset(found.held_back))
    if kind is not None or not looks_like_case_number(text):
        nothing = _("Nothing lies ready at this window for this number.")
        return Found(ready, "" if ready else nothing)
    number = str(read_case_number(text))
    if any(one.number == number for one in ready):
        return Found(ready)
    return Found(ready, _explain_absence(desk, number))


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
