"""The applicant's card: what the city knows already, with its source and time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto

from textual.content import Content

from clerk.contract.case import Stage
from clerk.contract.licence import Licence, LicenceStatus, Renewal
from clerk.contract.session import ApplicantCard, CaseBrief
from clerk.locale import _
from clerk.rules.exemption import same_name
from screens.intake import sections
from screens.lights import name_word
from screens.renewed import tell_renewal
from screens.widgets.told import Told
from screens.words import word


class LookUpState(Enum):
    """How far the asking of the register has come."""

    NOT_ASKED = auto()
    ASKING = auto()
    ANSWERED = auto()
    LINE_DOWN = auto()
    FAILED = auto()


@dataclass(frozen=True)
class CardState:
    """What the card shows: the answer, or why there is none; `asking` are registers under way."""

    look_up: LookUpState = LookUpState.NOT_ASKED
    card: ApplicantCard | None = None
    problem: str = ""
    asking: frozenset[str] = frozenset()

    def asking_also(self, register: str) -> CardState:
        """With one more register under way."""
        return replace(self, asking=self.asking | {register})

    def answered(self, card: ApplicantCard, register: str) -> CardState:
        """With the answer of one of them."""
        return replace(self, card=card, asking=self.asking - {register})


class CardView(Told):
    """Draws the card; nothing on it can be typed. Where there is little room it is `brief`."""

    def __init__(self, *, id: str | None = None, brief: bool = False) -> None:  # noqa: A002 - Textual's own word
        """Begin empty."""
        super().__init__(id=id)
        self._brief = brief

    def show(self, state: CardState, today: date) -> None:
        """Show how far the asking has come, and its answer."""
        self.set_class(state.look_up is LookUpState.NOT_ASKED, "empty")
        self.set_class(state.card is not None, "answered")
        self.border_title = _("Applicant's card")
        self.tell(_drawn(state, today, brief=self._brief))


def _drawn(state: CardState, today: date, *, brief: bool) -> Content:
    if state.card is not None:
        return _card(state, state.card, today, brief=brief)
    match state.look_up:
        case LookUpState.ASKING:
            return Content.styled(_("Asking the register…"), "$foreground-muted")
        case LookUpState.LINE_DOWN:
            told = _("The line is down: type name, phone and address by hand.")
            later = _("To be checked by central.")
            return Content.assemble((told, "$text-warning"), "\n", (later, "$foreground-muted"))
        case LookUpState.FAILED:
            return Content.styled(state.problem, "$text-error")
        case _:
            told = _("What the city knows about the applicant appears here.")
            return Content.styled(told, "$foreground-muted")


def _card(state: CardState, card: ApplicantCard, today: date, *, brief: bool) -> Content:
    lines = [_head(card), _source(card)] if card.found else [_head(card)]
    if brief:
        summary = sections.in_one_line(card, state.asking)
        return Content("\n").join([*lines, summary])
    lines += sections.risks(card)
    address = card.facts.get("person.address") or card.facts.get("organisation.address", "")
    if address:
        lines.append(Content(address))
    representative = card.facts.get("organisation.representative", "")
    if representative:
        number = card.facts.get("organisation.representative_number", "")
        told = f"{representative} {number}".rstrip()
        lines.append(Content.assemble((_("Legal representative") + "  ", "$text-muted"), told))
    if card.licences:
        lines += [Content(""), Content.styled(_("Licences"), "bold")]
        lines += [licence_line(one, card.name, today) for one in card.licences]
    if card.cases:
        lines += [Content(""), Content.styled(_("Cases in flight"), "bold")]
        lines += [_case(one) for one in card.cases]
    if card.represents:
        lines += [Content(""), Content.styled(_("Represents"), "bold")]
        lines += [sections.represented(one) for one in card.represents]
    lines += sections.in_full(card, state.asking)
    return Content("\n").join(lines)


def _head(card: ApplicantCard) -> Content:
    if not card.found:
        told = _("No register holds this number: type the name by hand.")
        return Content.styled(told, "$text-warning")
    return Content.assemble((card.name, "bold"), "  ", (card.masked_number, "$foreground-muted"))


def _source(card: ApplicantCard) -> Content:
    at = name_word(card.as_of)
    told = _("{source}, as of {time}").format(source=card.source, time=at)
    return Content.styled(told, "$foreground-muted")


def licence_line(licence: Licence, holder: str, today: date) -> Content:
    """What it is worth, and whose name is on it where that is not the applicant's."""
    other = not same_name(licence.holder_name, holder)
    told = name_validity(licence, holds=licence.holds_on(today))
    if other:
        told = _("{told}, in another name: {name}").format(told=told, name=licence.holder_name)
    good = licence.holds_on(today) and not other
    sign = ("✓ ", "$text-success") if good else ("✗ ", "$text-error")
    style = "$foreground-muted" if good else "$text-error"
    return Content.assemble(sign, licence.type_name, "  ", (told, style))


def name_validity(licence: Licence, *, holds: bool) -> str:
    """Until when a licence holds, or why it does not."""
    if licence.renewal is not Renewal.NONE:
        return tell_renewal(licence.renewal, licence.renewal_by, licence.renewal_on)
    if licence.status is not LicenceStatus.VALID:
        return word(licence.status)
    if licence.valid_until is None:
        return _("without end")
    told = _("until {day}") if holds else _("expired {day}")
    return told.format(day=licence.valid_until.isoformat())


def _case(case: CaseBrief) -> Content:
    running = case.promised_due and case.stage is not Stage.DECIDED
    due = case.promised_due.isoformat() if running and case.promised_due else ""
    told = f"{word(case.stage)} {due}".rstrip()
    return Content.assemble("· ", case.item_name, "  ", (told, "$text-accent"))
