"""Scenes of the day: what the city knows by a number, what stands for a paper, what is genuine."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from clerk.contract.draft import Draft
from clerk.contract.identity import IdKind
from clerk.contract.register import AnswerState, RegisterAnswer
from clerk.locale import _, listed, mark
from clerk.locale.problems import tell
from clerk.rules.checklist import Line
from clerk.rules.exemption import Flaw
from clerk.rules.identifiers import mask_identifier
from clerk.rules.looking import answers_of_others
from services.bootstrap import Desk
from services.demo import hands
from services.demo.city import City
from services.demo.registers import WEATHER
from services.demo.telling import Teller
from services.verification import Verdict

FIREWORKS = ("烟花爆竹经营（零售）许可",)
NURSE = ("护士执业注册",)
_STATES = {
    AnswerState.ANSWERED: mark("answered now"),
    AnswerState.KEPT: mark("answered a while ago"),
    AnswerState.OLDER: mark("does not answer: what it said before"),
    AnswerState.NONE: mark("holds nobody of this number"),
    AnswerState.TO_BE_CHECKED: mark("to be checked"),
}
_VERDICTS = {
    Verdict.GENUINE: mark("genuine, and valid today"),
    Verdict.NOT_VALID: mark("genuine, but worth nothing today"),
    Verdict.UNDECIDED: mark("the file holds together; central has no record of it"),
    Verdict.FORGED: mark("not genuine"),
}


def look_up(city: City, window: Desk, teller: Teller) -> None:
    """One number opens everything; a register that is away holds nobody up."""
    teller.scene(_("One number opens what the city knows, register by register"))
    firm = city.told.organisations[0]
    city.registers.set_down(WEATHER, down=True)
    draft = hands.begin_visit(window, IdKind.USCC, firm.uscc)
    draft = hands.choose(window, draft, FIREWORKS)
    draft = hands.ask_registers(window, draft)
    assert draft.card is not None, "the line is up"
    teller.say(
        _("{number}: {name}; licences: {count}.").format(
            number=mask_identifier(firm.uscc), name=draft.card.name, count=len(draft.card.licences)
        )
    )
    for answer in answers_of_others(draft.card):
        teller.say(_tell_answer(answer))
    city.registers.set_down(WEATHER, down=False)
    draft = hands.ask_registers(window, draft, anew=True)
    assert draft.card is not None, "the line is up"
    weather = next(one for one in draft.card.answers if one.register == WEATHER)
    teller.say(_("Asked again: {answer}").format(answer=_tell_answer(weather)))
    _tell_exempted(window, hands.answer(window, draft, {"term": "long"}), teller)
    window.drafts.discard(draft.id)


def refuse_what_is_over(city: City, window: Desk, teller: Teller) -> None:
    """A licence and a fact that have run out: asked for, with the reason."""
    teller.scene(_("What has run out stands for nothing, and the list says why"))
    person, firm = city.told.people[1], city.told.organisations[1]
    draft = hands.begin_visit(window, person.id_kind, person.id_number)
    draft = hands.answer(window, hands.choose(window, draft, NURSE), {})
    _tell_flaws(window, draft, teller)
    window.drafts.discard(draft.id)
    draft = hands.begin_visit(window, IdKind.USCC, firm.uscc)
    draft = hands.ask_registers(window, hands.choose(window, draft, FIREWORKS))
    _tell_flaws(window, hands.answer(window, draft, {"term": "long"}), teller)
    window.drafts.discard(draft.id)


def verify(window: Desk, licence: Path, teller: Teller) -> None:
    """A licence as whoever receives it verifies it: by its file alone."""
    found = window.verification.verify(str(licence))
    told = found.licence
    assert told is not None, "central knows what it sealed"
    assert found.file is not None, "a file was looked into"
    teller.say(
        _("The seal of {office} is right and covers the whole file: {verdict}.").format(
            office=found.file.office, verdict=_(_VERDICTS[found.verdict])
        )
    )
    teller.say(
        _("{name} {number}, issued {day}, {validity}.").format(
            name=told.name,
            number=told.number,
            day=told.issued_on.isoformat(),
            validity=_tell_validity(told.valid_until),
        )
    )


def _tell_answer(answer: RegisterAnswer) -> str:
    facts = listed(f"{'⚠ ' if fact.risk else ''}{fact.label} {fact.value}" for fact in answer.facts)
    why = tell(answer.problem, {"register": answer.name}).what if answer.problem else ""
    parts = (answer.name, _(_STATES[answer.state]), facts, why)
    return " · ".join(part for part in parts if part)


def _tell_exempted(window: Desk, draft: Draft, teller: Teller) -> None:
    for line in window.intake.view(draft).lines:
        if line.licence:
            held, since, until = line.licence, line.licence.issued_on, line.licence.valid_until
            source, name = held.issuer, held.type_name
        elif line.fact:
            since, until = line.fact.since or line.fact.as_of.date(), line.fact.until
            source, name = line.fact.source, line.fact.label
        else:
            continue
        teller.say(
            _("“{paper}” is not needed: {held} since {since}, {validity}, {source}.").format(
                paper=line.name,
                held=name,
                since=since.isoformat(),
                validity=_tell_validity(until),
                source=source,
            )
        )


def _tell_validity(until: date | None) -> str:
    if until is None:
        return _("valid without end")
    return _("valid until {day}").format(day=until.isoformat())


def _tell_flaws(window: Desk, draft: Draft, teller: Teller) -> None:
    for line in window.intake.view(draft).lines:
        if line.flaw is not None:
            teller.say(
                _("“{paper}” is asked for: {why}").format(paper=line.name, why=_tell_why(line))
            )


def _tell_why(line: Line) -> str:
    assert line.flaw is not None, "something speaks against it"
    until = line.unusable.valid_until if line.unusable else None
    name = line.unusable.type_name if line.unusable else ""
    if line.unsure:
        until, name = line.unsure.until, f"{line.unsure.source} {line.unsure.label}".strip()
    if line.flaw is Flaw.EXPIRED and until:
        day = until.isoformat()
        return _("{held} has expired on {day}.").format(held=name, day=day)
    return f"{name} · {tell(line.flaw.value, {}).what}"
