"""From a key to a card: the applicant of a case, or somebody else for a reason."""

from __future__ import annotations

from functools import partial

from clerk.clock import OFFICE_ZONE
from clerk.contract.register import AskRegister
from clerk.locale import _
from clerk.rules.case import Case
from clerk.rules.identifiers import Reading, mask_identifier, read_identifier
from clerk.rules.numbers import spaced
from clerk.rules.scanned import ScanKind
from screens.base import DeskScreen
from screens.dialogs import AskText, Question
from screens.intake.register import Subject, subject_of
from screens.lookup.screen import LookUpScreen
from screens.words import explain_identifier


def look_up_case(screen: DeskScreen, case: Case) -> None:
    """The card of a case's applicant; what is seen is kept with the case."""
    card = partial(screen.desk.lookup.of_case, case.id)
    told = _("For case {number}: what is seen is kept with it.").format(number=spaced(case.number))
    subject = Subject(case.id, card, AskRegister(register=""))
    screen.app.push_screen(LookUpScreen(subject, told))


def break_glass(screen: DeskScreen) -> None:
    """Ask for a number and a reason, then look."""
    check = partial(_explain_number, screen)
    questions = [
        Question("number", _("ID number"), check=check, scans=(ScanKind.IDENTIFIER,)),
        Question("reason", _("Why you look (this is recorded and goes to the auditor)")),
    ]
    title = _("Look somebody up outside your own cases")
    screen.app.push_screen(AskText(title, questions), partial(_look, screen))


def look_up_draft(screen: DeskScreen, reading: Reading, draft_id: str) -> None:
    """Somebody's card for a walk-in that is open, beside its applicant's."""
    told = _("For the walk-in that is open: what is seen is on record with it.")
    subject = subject_of(screen.desk.lookup, reading, draft_id)
    screen.app.push_screen(LookUpScreen(subject, told))


def look_up_number(screen: DeskScreen, reading: Reading, case: Case | None = None) -> None:
    """The card of a number that was found or scanned.

    For the case that is open, if it is its applicant's; else with a reason.
    """
    masked = mask_identifier(reading.number)
    if case is not None and case.applicant.id_number == masked:
        look_up_case(screen, case)
        return
    question = Question("reason", _("Why you look (this is recorded and goes to the auditor)"))
    title = _("Look up {number}").format(number=masked)

    def look(answers: dict[str, str] | None) -> None:
        _look(screen, answers and answers | {"number": reading.number})

    screen.app.push_screen(AskText(title, [question]), look)


def _look(screen: DeskScreen, answers: dict[str, str] | None) -> None:
    if answers is None:
        return
    reading = _read(screen, answers["number"])
    card = partial(screen.desk.lookup.break_glass, reading.kind, reading.number, answers["reason"])
    ask = AskRegister(register="", id_kind=reading.kind, id_number=reading.number)
    told = _("Outside your own cases: {reason}. The auditor is told.").format(
        reason=answers["reason"]
    )
    subject = Subject(f"{reading.kind.value}/{reading.number}", card, ask)
    screen.app.push_screen(LookUpScreen(subject, told))


def _explain_number(screen: DeskScreen, text: str) -> str:
    reading = _read(screen, text)
    passes = reading.valid or reading.is_old  # central refuses an old one, on record
    return "" if passes else explain_identifier(reading.problems[0])


def _read(screen: DeskScreen, text: str) -> Reading:
    return read_identifier(text, today=screen.desk.clock.now().astimezone(OFFICE_ZONE).date())
