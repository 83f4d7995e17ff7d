"""Carrying out a scan that no box is for: a receipt opens its case, an ID card the person."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.widgets import Input

from clerk.contract.user import Role
from clerk.errors import ClerkError
from clerk.locale import _, mark
from clerk.rules.scanned import ScanKind, Scanned
from screens.base import DeskScreen

if TYPE_CHECKING:
    from clerk.contract.project import Project
    from screens.app import ClerkApp

_MOST_WAITING = 20
"""Scans that wait while a dialog is open; somebody who scans a whole pile sees why."""

_NAMES = {
    ScanKind.CASE: mark("receipt {number}"),
    ScanKind.IDENTIFIER: mark("ID number {number}"),
    ScanKind.LICENCE: mark("licence"),
}


class Scans:
    """Does what a scan asks for, or keeps it until the dialog over everything is closed."""

    def __init__(self, app: ClerkApp) -> None:
        """Open screens of this app."""
        self._app = app
        self._waiting: deque[Scanned] = deque(maxlen=_MOST_WAITING)

    def take(self, scanned: Scanned) -> None:
        """Carry out a scan, or say why it waits."""
        front = self._app.screen
        if not isinstance(front, DeskScreen):
            self._waiting.append(scanned)
            told = _("Scanned: {what}. It waits until this is finished; Escape closes it.")
            self._app.warn(told.format(what=_name(scanned)))
            return
        box = _first_box(front, scanned.kind)
        if box is not None:
            box.value = scanned.text
            box.focus()
            self._app.type_key(events.Key("enter", "\r"))
        elif scanned.kind is ScanKind.CASE:
            self._open_case(front, scanned.text)
        elif scanned.kind is ScanKind.IDENTIFIER:
            self._open_person(front, scanned)
        else:
            self._app.ways.to_verification(scanned.text)

    def go_on(self) -> None:
        """A dialog may have closed: what waited is done, the first of it first."""
        if self._waiting and isinstance(self._app.screen, DeskScreen) and not self._app.is_shut:
            self.take(self._waiting.popleft())

    def forget(self) -> None:
        """Somebody else sits here now."""
        self._waiting.clear()

    def _open_case(self, front: DeskScreen, number: str) -> None:
        from screens.case.screen import CaseScreen

        if isinstance(front, CaseScreen) and front.case and front.case.number == number:
            self._app.say(_("This is the case of that receipt."))
            return
        front.load(
            partial(self._app.desk.finder.find_receipt, number),
            partial(self._show_case, front, number),
            group="scanned",
            failed=self._app.tell_problem,
            central=True,
        )

    def _show_case(self, front: DeskScreen, number: str, case_id: str) -> None:
        user = self._app.desk.present
        if case_id:
            self._app.open_case(case_id)
        elif user is not None and user.has(Role.COUNTER):
            # The receipt of another window leads to its bundle application, if it has one.
            ask = partial(self._app.desk.projects.of_receipt, number)
            done = partial(self._show_project, number)
            failed = partial(self._tell_unknown, number)
            front.load(ask, done, group="scanned", failed=failed, central=True)
        else:
            self._tell_unknown(number)

    def _show_project(self, number: str, found: tuple[Project, ...]) -> None:
        if found:
            self._app.open_project(found[0].id)
        else:
            self._tell_unknown(number)

    def _tell_unknown(self, number: str, _problem: ClerkError | None = None) -> None:
        from clerk.rules.numbers import spaced

        text = _("Case {number} is not in sight of this desk.")
        self._app.warn(text.format(number=spaced(number)))

    def _open_person(self, front: DeskScreen, scanned: Scanned) -> None:
        from clerk.rules.identifiers import Reading
        from screens.find.opening import Opening

        reading = Reading(kind=scanned.id_kind, number=scanned.text)
        Opening(front, leave=False).person(reading)()


def _first_box(front: DeskScreen, kind: ScanKind) -> Input | None:
    """The box of a screen that is for such scans before all, unless something stands in it."""
    boxes = front.query(f"Input.scan-first.scan-{kind.value}").results(Input)
    return next((one for one in boxes if not one.value or one.has_class("scan-anew")), None)


def _name(scanned: Scanned) -> str:
    """What was scanned, for a toast: never a whole number of somebody."""
    from clerk.rules.identifiers import mask_identifier
    from clerk.rules.numbers import spaced

    show = spaced if scanned.kind is ScanKind.CASE else mask_identifier
    return _(_NAMES[scanned.kind]).format(number=show(scanned.text))
