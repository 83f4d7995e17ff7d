"""Taking in what somebody brings: its kind, its way, its department, and then the words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from clerk.contract.matter import Brought, MatterKind, MatterWay
from clerk.errors import ClerkError, InputError
from clerk.locale import _
from clerk.rules.numbers import read_case_number
from clerk.rules.reaching import is_phone
from clerk.rules.scanned import ScanKind
from screens.dialogs import AskText, Choose, Question
from screens.telling import explain
from screens.words import word

if TYPE_CHECKING:
    from screens.matters.screen import MattersScreen

_KINDS = (MatterKind.INQUIRY, MatterKind.COMPLAINT, MatterKind.SUGGESTION)
_WAYS = (MatterWay.WINDOW, MatterWay.TELEPHONE, MatterWay.ONLINE)
_LINES = 4

CENTRE = "-"
"""Stands for the centre among the departments: an option needs an id."""


def take_matter(screen: MattersScreen) -> None:
    """Ask, and take in; what was typed comes back where it is refused."""
    options = [(kind.value, word(kind)) for kind in _KINDS]
    screen.app.push_screen(Choose(_("What is brought?"), options), partial(_ask_way, screen))


def choose_department(
    screen: MattersScreen, title: str, *, centre: str = "", without: str = ""
) -> Choose:
    """One of the departments; the centre stands first where it has a label."""
    known = screen.desk.catalogue.departments()
    options = [(one.id, one.name) for one in known if one.id != without]
    return Choose(title, [(CENTRE, centre), *options] if centre else options)


def department_of(key: str) -> str:
    """The department that was chosen; empty for the centre."""
    return "" if key == CENTRE else key


def _ask_way(screen: MattersScreen, kind: str | None) -> None:
    if kind is None:
        return
    options = [(way.value, word(way)) for way in _WAYS]
    done = partial(_ask_department, screen, MatterKind(kind))
    screen.app.push_screen(Choose(_("How did it come?"), options), done)


def _ask_department(screen: MattersScreen, kind: MatterKind, way: str | None) -> None:
    if way is None:
        return
    begun = Brought(kind=kind, way=MatterWay(way), text="")
    chosen = choose_department(
        screen, _("Who is to answer?"), centre=_("The centre: not known yet, or its own")
    )
    screen.app.push_screen(chosen, partial(_ask_words, screen, begun))


def _ask_words(screen: MattersScreen, begun: Brought, department: str | None) -> None:
    if department is not None:
        _ask(screen, begun, department_of(department), {})


def _ask(screen: MattersScreen, begun: Brought, department: str, typed: dict[str, str]) -> None:
    def value(key: str) -> str:
        return typed.get(key, "")

    questions = [
        Question("text", _("What is brought, in their words"), value("text"), lines=_LINES),
        Question("name", _("Name (empty: anonymous)"), value("name"), required=False),
        Question(
            "phone",
            _("Phone, to be reached"),
            value("phone"),
            required=False,
            check=_check_phone,
        ),
        Question(
            "case",
            _("Case number, if it is about a case"),
            value("case"),
            required=False,
            check=_check_case,
            scans=(ScanKind.CASE,),
        ),
        Question("item", _("Item, if it is about one"), value("item"), required=False),
    ]

    def answered(answers: dict[str, str] | None) -> None:
        if answers is None:
            return
        again = partial(_ask, screen, begun, department, answers)
        screen.do(
            partial(_take, screen, begun, department, answers),
            done=partial(_say_taken, screen),
            failed=partial(_fail, screen, again),
        )

    title = _("Take in: {kind}").format(kind=word(begun.kind))
    screen.app.push_screen(AskText(title, questions, remembers=True), answered)


def _take(screen: MattersScreen, begun: Brought, department: str, answers: dict[str, str]) -> str:
    item, name = _find_item(screen, answers["item"])
    number = str(read_case_number(answers["case"])) if answers["case"] else ""
    return screen.desk.matters.take(
        Brought(
            kind=begun.kind,
            way=begun.way,
            department=department,
            text=answers["text"],
            name=answers["name"],
            phone=answers["phone"],
            case_number=number,
            item=item,
            item_name=name,
        )
    )


def _find_item(screen: MattersScreen, text: str) -> tuple[str, str]:
    """The item that the words are for, as its box in an intake finds it; else the words."""
    found = screen.desk.catalogue.find(text, limit=1) if text else ()
    return (found[0].id, found[0].name) if found else ("", text)


def _say_taken(screen: MattersScreen, number: str) -> None:
    screen.show_done(_("Taken in under the number {number}.").format(number=number))


def _fail(screen: MattersScreen, again: partial[None], problem: ClerkError) -> None:
    screen.app.tell_problem(problem, then=again)


def _check_phone(text: str) -> str:
    return "" if is_phone(text) else _("Not a phone number.")


def _check_case(text: str) -> str:
    try:
        read_case_number(text)
    except InputError as error:
        return explain(error.code, error.parameters).what
    return ""
