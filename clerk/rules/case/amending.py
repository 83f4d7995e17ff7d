"""Putting right what was taken in: the applicant's details, the form, the ticks (容错)."""

from __future__ import annotations

from clerk.contract.answer import Refusal
from clerk.contract.case import Received, Stage
from clerk.contract.custody import Holder, HolderKind
from clerk.contract.item import Field, FieldKind
from clerk.contract.proposal import (
    ApplicantAmendment,
    CorrectPlan,
    FormAmendment,
    TickAmendment,
)
from clerk.contract.tick import MaterialState, Ticked
from clerk.rules.case.acts import tag_of
from clerk.rules.case.context import Context, refuse
from clerk.rules.case.receiving import wrong_ticks
from clerk.rules.case.state import Case, RecordedAct
from clerk.rules.checklist import FieldLine
from clerk.rules.custody.ledger import count_papers
from clerk.rules.custody.places import custody_of
from clerk.rules.form import check_field, lines_of
from clerk.rules.reaching import is_name

_PHONE = Field(key="phone", label="phone", kind=FieldKind.PHONE)


def wrong_values(case: Case, plan: CorrectPlan, context: Context) -> Refusal | None:
    """What is typed and can't be: a telephone number or a field of the form."""
    amended = plan.amendment
    if isinstance(amended, ApplicantAmendment) and amended.phone:
        line = FieldLine(key="phone", field=_PHONE, serves=(), required=True)
        return check_field(line, amended.phone, context.today)
    if isinstance(amended, FormAmendment):
        wrong = (wrong_field(case, key, text, context) for key, text in amended.fields.items())
        return next((one for one in wrong if one), None)
    return None


def wrong_field(case: Case, key: str, text: str, context: Context) -> Refusal | None:
    """What is wrong with a value for a field of the case's form, or that there is no such field."""
    lines = {one.key: one for one in lines_of(case.terms.fields, case.answers)}
    if key not in lines:
        return refuse("correction.not_its", name=key)
    return check_field(lines[key], text, context.today)


def may_not_amend_applicant(
    case: Case, _act: RecordedAct, amended: ApplicantAmendment, _context: Context
) -> Refusal | None:
    """The name until the decision bears it, how to reach them until the case is closed.

    The number decides whose case it is: with another one it would be another case.
    """
    if amended.name and not is_name(amended.name):
        return refuse("applicant.name_missing", "name")
    late = case.closed or (bool(amended.name) and not case.in_hand)
    return refuse("case.wrong_stage", stage=case.stage.value) if late else None


def may_not_amend_form(
    case: Case, act: RecordedAct, amended: FormAmendment, _context: Context
) -> Refusal | None:
    """Until it is decided, for the decision rests on it."""
    if not case.in_hand:
        return refuse("case.wrong_stage", stage=case.stage.value)
    labels = {one.key: one.label for one in case.terms.fields}
    for key in amended.fields:
        refusal = _not_its(case, act, key, labels.get(key, key))
        if refusal:
            return refusal
    return None


def may_not_amend_ticks(
    case: Case, act: RecordedAct, amended: TickAmendment, _context: Context
) -> Refusal | None:
    """Until it is decided; nothing that was accepted as complete becomes incomplete by it."""
    if not case.in_hand:
        return refuse("case.wrong_stage", stage=case.stage.value)
    refusals = (_may_not_tick(case, act, tick) for tick in amended.materials)
    wrong = wrong_ticks(amended.materials, case.terms.materials)
    return wrong or next((one for one in refusals if one), None)


def _may_not_tick(case: Case, act: RecordedAct, tick: Ticked) -> Refusal | None:
    """An exemption is looked up by central when papers are taken in, never corrected into one."""
    refusal = _not_its(case, act, tick.key, tick.name)
    if refusal:
        return refusal
    if tick.state is MaterialState.EXEMPTED or tick.evidence:
        return refuse("correction.not_so", tick.key)
    if tick.originals < 0 or tick.copies < 0:
        return refuse("correction.counts", tick.key)
    if tick.state is MaterialState.MISSING and case.accepted_at is not None:
        return refuse("correction.was_accepted", tick.key, material=tick.name)
    return _handed_on(case, tick)


def _handed_on(case: Case, tick: Ticked) -> Refusal | None:
    """A paper that is out of the window's hands is brought back before its count is lowered."""
    stood = next((one for one in case.materials if one.key == tick.key), None)
    window = Holder(HolderKind.WINDOW, case.window)
    for paper, count in count_papers(tick).items():
        less = (count_papers(stood)[paper] if stood else 0) - count
        if less > 0 and custody_of(case).free_of(window, paper) < less:
            return refuse("papers.handed_on", tick.key, material=tick.name)
    return None


def _not_its(case: Case, act: RecordedAct, key: str, name: str) -> Refusal | None:
    """A thing is put right where it was taken in last; what a notice asks for is handed in."""
    if case.stage is Stage.SUPPLEMENTING and key in case.awaited:
        return refuse("correction.awaited", key, name=name)
    bearing = [one.n for one in case.acts if key in one.keys]
    last = bearing[-1] if bearing else 0
    if last == act.n or (not last and act.kind == tag_of(Received)):
        return None
    return refuse("correction.not_its", key, name=name)
