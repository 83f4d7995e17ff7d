"""What the page of a case says, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType

from textual.content import Content

from clerk.contract.answer import Refusal
from clerk.contract.case import MaterialState, Ticked
from clerk.contract.item import Field
from clerk.contract.licence import LicenceStatus
from clerk.contract.limits import Limit
from clerk.contract.party import Agent
from clerk.contract.proposal import Corrected
from clerk.locale import _
from clerk.locale.problem_table import PROBLEMS
from clerk.locale.punctuation import bracketed, labelled
from clerk.rules.case import Case
from clerk.rules.case.form import lacking_fields
from clerk.rules.case.timing import Timing
from clerk.rules.clock import Deadline
from clerk.rules.custody.ledger import Ledger
from clerk.rules.custody.places import custody_of
from clerk.rules.exemption import is_asked_after_all
from clerk.rules.flow import limit_of, role_of
from clerk.rules.identifiers import mask_identifier, mask_phone
from clerk.rules.numbers import spaced
from screens.case.events import name_actor, opinion_of, tell_event
from screens.case.exempted import explain_exempted, tells_its_note
from screens.case.holding import tell_holders, tell_losses
from screens.commands import name_command, typed_for
from screens.custody.words import papers_of
from screens.lights import colour_of, name_day, name_light, name_moment
from screens.supervision.asking import describe_ask
from screens.telling import explain
from screens.widgets.facts import Fact
from screens.words import name_limit, word
from services.cases import CaseDetail
from services.lookup import Unmasked

_SIGNS = {
    MaterialState.MISSING: ("○", "$text-error"),
    MaterialState.PROVIDED: ("✓", "$text-success"),
    MaterialState.CORRECTED: ("✓", "$text-success"),
    MaterialState.EXEMPTED: ("≡", "$text-success"),
    MaterialState.DEFERRED: ("…", "$text-warning"),
    MaterialState.DECLARED: ("§", "$text-warning"),
}


def name_case(case: Case) -> Content:
    """The number, the item and the applicant."""
    return Content.assemble(
        (spaced(case.number), "bold $primary"),
        "  ",
        (case.terms.name, "bold"),
        "  ",
        case.applicant.name,
    )


def four_states(case: Case) -> list[Fact]:
    """Stage, clock, outcome and delivery: four axes, never one."""
    return [
        Fact(_("Stage"), word(case.stage)),
        Fact(_("Clock"), word(case.clock)),
        Fact(_("Outcome"), word(case.outcome)),
        Fact(_("Delivery"), word(case.delivery)),
    ]


def people(case: Case, window_name: str, whole: Unmasked | None) -> list[Fact]:
    """Who applies, where, and to whom it belongs; numbers whole only where they were asked for."""
    applicant = case.applicant
    number, phone = (whole.id_number, whole.phone) if whole else ("", "")
    return [
        Fact(_("Applicant"), applicant.name),
        Fact(word(applicant.id_kind), number or mask_identifier(applicant.id_number)),
        Fact(_("Phone"), phone or mask_phone(applicant.phone)),
        *(_agent(case.agent, whole) if case.agent else ()),
        Fact(_("Department"), case.terms.department_name),
        Fact(_("Received"), f"{name_moment(case.received_at)} · {window_name}"),
    ]


def _agent(agent: Agent, whole: Unmasked | None) -> list[Fact]:
    """Who acts for the applicant, with the two numbers."""
    number, phone = (whole.agent_id_number, whole.agent_phone) if whole else ("", "")
    return [
        Fact(_("Agent"), f"{agent.name} {number or mask_identifier(agent.id_number)}"),
        Fact(_("Agent's phone"), phone or mask_phone(agent.phone)),
    ]


def dates(case: Case, timing: Timing, now: datetime) -> list[Fact]:
    """Every limit that runs, with what is left of it and its light."""
    light = timing.light(now)
    facts = [Fact(_("Light"), name_light(light), f"bold {colour_of(light)}".strip())]
    sign = "≈" if timing.forecast else ""
    if timing.receipt and case.accepted_at is None:
        facts.append(Fact(_("To accept by"), _due(timing.receipt, Limit(5))))
    for label, deadline, limit in (
        (_("Promised"), timing.promised, case.terms.promised),
        (_("Statutory"), timing.statutory, case.terms.statutory),
    ):
        # As long as it waits for others, no day can be told at all.
        if deadline and limit and not case.waits_for:
            told = name_day(deadline.due_on)
            if not timing.forecast:
                told = _due(deadline, limit) if case.decided_at is None else _met(deadline, limit)
            facts.append(Fact(label, sign + told))
    if timing.delivery and case.released_at is None:
        facts.append(Fact(_("Deliver by"), _due(timing.delivery, Limit(10))))
    return facts


def _licence(case: Case) -> list[Fact]:
    """The licence that came of it, and what it is worth."""
    if not case.licence:
        return []
    state = _("being sealed") if case.sealing else word(case.licence_status)
    if case.licence_ended_as is LicenceStatus.SUSPENDED:
        state = _("expired; suspended when it ended")
    holds = case.licence_status is LicenceStatus.VALID
    return [Fact(_("Licence"), f"{case.licence} · {state}", "" if holds else "$text-warning")]


def standing(case: Case, timing: Timing, now: datetime) -> list[Fact]:
    """The step that the case stands in, and who holds it."""
    step = case.present_step
    if step is None:
        return _licence(case)
    facts = [Fact(_("Step"), bracketed(step.name, word(role_of(step))))]
    limit = limit_of(step)
    if timing.step and limit:
        light = timing.step_light(now)
        told = f"{_due(timing.step, limit)} · {name_light(light)}".removesuffix(" · ")
        facts.append(Fact(_("Step due"), told, colour_of(light)))
    claim = case.claim
    if claim is None:
        return [*facts, Fact(_("Held by"), _("nobody yet"), "$text-warning")]
    held = _("{name} until {until}").format(name=claim.by.name, until=name_moment(claim.until))
    if claim.until <= now:
        return [*facts, Fact(_("Held by"), held + " · " + _("run out"), "$text-warning")]
    return [*facts, Fact(_("Held by"), held)]


def materials(case: Case) -> Content:
    """Each material with its state in a shape and a word."""
    ledger = custody_of(case)
    lines = [line for one in case.materials for line in _material(case, one, ledger)]
    return Content("\n").join(lines) if lines else Content(_("This item asks for no materials."))


def form(case: Case, today: date) -> Content:
    """The form as it was filled in, in the order of the item, and what it lacks."""
    lacking = {one.key for one in lacking_fields(case, today)} if case.accepted_at is None else ()
    lines = [
        _field(field, case.fields.get(field.key, ""), lacks=field.key in lacking)
        for field in case.terms.fields
        if case.fields.get(field.key) or field.key in lacking
    ]
    return Content("\n").join(lines)


def asks(case: Case) -> Content:
    """What waits for an answer, with when it is due."""
    return Content("\n").join(
        Content.styled(describe_ask(one), "$text-warning") for one in case.open_asks
    )


def timeline(detail: CaseDetail, recordings: Mapping[int, str] = MappingProxyType({})) -> Content:
    """What happened, the newest first; with the links to recordings, by event counted from 1."""
    terms = detail.case.terms
    corrected = {one.n: one.corrections for one in detail.case.acts if one.corrections}
    lines: list[Content] = []
    for seq, event in reversed([*enumerate(detail.record.events, 1)]):
        head = f"№{seq}  {name_moment(event.at)}  {name_actor(event)}"
        style = "strike" if seq in corrected else ""
        lines += [
            Content.styled(head, "$text-muted"),
            Content.styled(tell_event(event, terms), style),
        ]
        opinion = (opinion_of(event) or papers_of(event, terms)).splitlines()
        lines += [Content.styled(text, f"italic {style}".strip()) for text in opinion]
        lines += [_put_right(detail, n) for n in corrected.get(seq, ())]
        if seq in recordings:
            lines.append(Content.styled(f"▷ {recordings[seq]}", "$text-primary"))
        lines.append(Content(""))
    return Content("\n").join(lines[:-1])


def _put_right(detail: CaseDetail, n: int) -> Content:
    """Beneath an act that was wrong: by which act it was put right, by whom, when and why."""
    event = detail.record.events[n - 1]
    assert isinstance(event, Corrected), "what puts an act right is a correction"
    told = _("Put right by №{n}, {name}, {when}: {reason}").format(
        n=n, name=event.by.name, when=name_moment(event.at), reason=event.reason
    )
    return Content.styled(f"↳ {told}", "$text-warning")


def troubles(detail: CaseDetail) -> Content:
    """What waits for central, and what central did not apply, with what was typed."""
    lines: list[Content] = []
    if detail.waiting:
        text = _("… Waiting for central: this is how the case will stand, if central agrees.")
        lines.append(Content.styled(text, "$text-warning"))
    lines += [Content.styled(_explain(one.refusal), "$text-warning") for one in detail.doubts]
    for entry in detail.problems:
        refusal = entry.answer.refusal if entry.answer else None
        why = _explain(refusal) if refusal else _("Central does not know this act yet.")
        head = "! " + _("Not done: {act}").format(act=name_command(entry.command))
        lines.append(Content.styled(f"{head}. {why}", "$text-error"))
        lines += [Content(f"  {labelled(label, text)}") for label, text in typed_for(entry.command)]
    if detail.problems:
        text = _("F6 shows what has changed since, and does it once more or clears it away.")
        lines.append(Content.styled(text, "$text-muted"))
    return Content("\n").join(lines)


def _explain(refusal: Refusal) -> str:
    return str(explain(refusal.code, refusal.parameters))


def _due(deadline: Deadline, limit: Limit) -> str:
    day = name_day(deadline.due_on)
    if deadline.overdue:
        return _("{day}, overdue").format(day=day)
    left = name_limit(Limit(deadline.left, limit.unit)) if deadline.left else ""
    if not left:
        return _("{day}, today").format(day=day)
    return _("{day}, {left} left").format(day=day, left=left)


def _met(deadline: Deadline, limit: Limit) -> str:
    """What was left of a limit when the case was decided."""
    day = name_day(deadline.due_on)
    if deadline.overdue:
        return _("{day}, overdue").format(day=day)
    if not deadline.left:
        return _("{day}, decided on the last day").format(day=day)
    left = name_limit(Limit(deadline.left, limit.unit))
    return _("{day}, decided with {left} to spare").format(day=day, left=left)


def _material(case: Case, tick: Ticked, ledger: Ledger) -> Iterator[Content]:
    sign, style = _SIGNS[tick.state]
    notes = " · ".join(_notes(tick))
    yield Content.assemble(
        (f"{sign} ", style),
        tick.name,
        "  ",
        (word(tick.state), style),
        ("  " + notes, "$text-warning" if is_asked_after_all(tick) else "$text-muted"),
    )

    beneath = (
        (explain_exempted(case, tick), "$text-muted"),
        (tell_holders(case, ledger, tick.key), "$text-muted"),
        (tell_losses(ledger, tick.key), "$text-warning"),
    )
    yield from (Content.styled(f"  ↳ {text}", style) for text, style in beneath if text)


def _notes(tick: Ticked) -> Iterator[str]:
    if tick.originals:
        yield _("originals: {count}").format(count=tick.originals)
    if tick.copies:
        yield _("copies: {count}").format(count=tick.copies)
    if tick.due:
        yield _("promised for {day}").format(day=name_day(tick.due))
    if tick.note and not tells_its_note(tick):
        yield explain(tick.note, {}).what if tick.note in PROBLEMS else tick.note


def _field(field: Field, text: str, *, lacks: bool) -> Content:
    if not lacks:
        return Content.assemble((field.label, "$text-muted"), "  ", _value(field, text))
    sign, style = _SIGNS[MaterialState.MISSING]
    told = _("wrong") if text else word(MaterialState.MISSING)
    shown = f"  {_value(field, text)}" if text else ""
    return Content.assemble((f"{sign} ", style), field.label, shown, ("  " + told, style))


def _value(field: Field, text: str) -> str:
    return next((option.label for option in field.options if option.key == text), text)
