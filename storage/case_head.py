"""The head of a case: what lists show and sort by, derived from its events by the rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Row, Table

from clerk.contract.case import CaseRecord, ClockState, Delivery, Outcome, Stage
from clerk.contract.custody import Holder, HolderKind
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case import Case, fold
from clerk.rules.case.dates import dates_of
from clerk.rules.case.deferring import deferred_due
from clerk.rules.case.proposing import seat_for
from clerk.rules.case.state import AskKind
from clerk.rules.case.trail import is_moved
from clerk.rules.clock import LightPlan
from clerk.rules.custody.ledger import Ledger, SlipState
from clerk.rules.custody.losing import reports_of
from clerk.rules.custody.places import custody_of
from clerk.rules.exemption import is_asked_after_all
from clerk.rules.flow import department_of, role_of
from clerk.rules.joint import may_speak
from clerk.sync.scope import department_label, window_label
from storage.case_query import CaseRow
from storage.moments import read_day, read_moment, write_day, write_moment
from storage.schema import case_head

DATED = (
    *("promised_due", "statutory_due", "forecast", "calendar"),
    *("grey_until", "yellow_from", "red_from", "deferred_due"),
    *("papers_at", "papers_to", "papers_from", "papers_moved"),
)
"""The columns that are filled in once there is a calendar."""


R = TypeVar("R", bound=CaseRow)
HELD, ASKED_AFTER_ALL = 1, 2
"""What the column `held` is made of: why a case cannot go on, each a bit of it."""


def head_of(record: CaseRecord, calendar: WorkCalendar | None, now: datetime) -> CaseRow:
    """The head of a case; without a calendar it has no dates yet."""
    return head_of_case(fold(record), calendar, now)


def head_of_case(case: Case, calendar: WorkCalendar | None, now: datetime) -> CaseRow:
    """The head of a case that was folded already."""
    return CaseRow(
        id=case.id,
        version=case.version,
        number=case.number,
        application=case.application,
        item=case.terms.item,
        item_name=case.terms.name,
        department=case.terms.department,
        department_name=case.terms.department_name,
        window=case.window,
        applicant_name=case.applicant.name,
        stage=case.stage,
        clock=case.clock,
        outcome=case.outcome,
        delivery=case.delivery,
        received_at=case.received_at,
        signers="".join(f" {one.department} " for one in may_speak(case)),
        project=case.place.project if case.place else "",
        held=bool(case.held_by) and not case.closed and case.decided_at is None,
        **_place_of(case),
        **_claim_on(case),
        **_dates_of(case, calendar, now),
        to_approve=" ".join(_seats_of(case)) if case.proposals else "",
        **_asks_of(case),
        deferred_due=deferred_due(case),
        asked_after_all=_lacks_exempted(case),
        **_papers_of(case),
        papers_moved=case.trail[-1].at,
    )


def write_row(row: CaseRow) -> tuple[Any, ...]:
    """The head in the order of the table's columns; spelled out, for it is written by millions."""
    plan = row.plan
    return (
        row.id,
        row.version,
        row.number,
        row.application,
        row.item,
        row.item_name,
        row.department,
        row.department_name,
        row.window,
        row.applicant_name,
        _word(row.stage),
        _word(row.clock),
        _word(row.outcome),
        _word(row.delivery),
        row.step,
        row.step_name,
        row.step_role,
        row.step_department,
        row.claim_user,
        row.claim_name,
        _write_optional(row.claim_until, 0),
        write_moment(row.received_at),
        write_day(row.promised_due),
        write_day(row.statutory_due),
        int(row.forecast),
        row.calendar,
        _write_optional(plan.grey_until, 0),
        _write_optional(plan.yellow_from, None),
        _write_optional(plan.red_from, None),
        row.to_approve,
        row.urged_in,
        row.supervised_in,
        write_day(row.asked_due),
        row.signers,
        row.project,
        HELD * row.held | ASKED_AFTER_ALL * row.asked_after_all,
        write_day(row.deferred_due),
        row.papers_at,
        row.papers_to,
        row.papers_from,
        _write_optional(row.papers_moved, 0),
    )


def read_row(row: Row[Any], kind: type[R]) -> R:
    """The head that a row of the table tells, as a kind of it that says more."""
    values = dict(zip(_NAMES, row, strict=True))
    for name, read in _READ.items():
        values[name] = read(values[name])
    for name, read in _READ_IF_ANY.items():
        # Most columns of most cases say nothing.
        value = values[name]
        values[name] = read(value) if value else None
    turns = values.pop("grey_until"), values.pop("yellow_from"), values.pop("red_from")
    why = values["held"]
    values |= {"held": bool(why & HELD), "asked_after_all": bool(why & ASKED_AFTER_ALL)}
    return kind(plan=LightPlan(*turns), **values)


def dated_values(row: CaseRow) -> dict[str, Any]:
    """The columns that come from the calendar, as the table holds them."""
    written = dict(zip(_NAMES, write_row(row), strict=True))
    return {name: written[name] for name in DATED}


def _place_of(case: Case) -> dict[str, Any]:
    step = case.present_step
    if step is None:
        return {}
    return {
        "step": step.key,
        "step_name": step.name,
        "step_role": role_of(step).value,
        "step_department": department_of(case.terms, step),
    }


def _lacks_exempted(case: Case) -> bool:
    """Whether a paper is to be asked for that the desk had taken for held."""
    open_still = not case.closed and case.decided_at is None
    return open_still and any(is_asked_after_all(tick) for tick in case.materials)


def _seats_of(case: Case) -> list[str]:
    seats = [seat_for(case, one.plan) for one in case.proposals]
    return list(dict.fromkeys(name for seat in seats for name in seat.names))


def _claim_on(case: Case) -> dict[str, Any]:
    claim = case.claim
    if claim is None:
        return {}
    return {"claim_user": claim.by.user, "claim_name": claim.by.name, "claim_until": claim.until}


def _dates_of(case: Case, calendar: WorkCalendar | None, now: datetime) -> dict[str, Any]:
    if calendar is None:
        return {}
    dates = dates_of(case, calendar, now)
    return {
        "promised_due": dates.promised_due,
        "statutory_due": dates.statutory_due,
        "forecast": dates.forecast,
        "calendar": calendar.version,
        "plan": dates.plan,
    }


def _asks_of(case: Case) -> dict[str, Any]:
    asks = case.open_asks
    if not asks:
        return {}
    return {
        "urged_in": _audience_of(case, AskKind.URGE),
        "supervised_in": _audience_of(case, AskKind.SUPERVISE),
        "asked_due": min(one.due for one in asks),
    }


def _papers_of(case: Case) -> dict[str, Any]:
    """Where papers lie, where they are to come, and from where: a blank around each label."""
    if not is_moved(case.trail) and not case.proposals:
        here = any(one.originals or one.copies for one in case.materials)
        return {"papers_at": _labels({window_label(case.window)})} if here else {}
    ledger = custody_of(case)
    on_way = [one for one in ledger.slips if one.state is SlipState.OPEN]
    return {
        "papers_at": _labels(
            {
                *(label_of(one.holder) for one in ledger.lots),
                *(lost_label(one) for one in _losers(case, ledger)),
            }
        ),
        "papers_to": _labels({label_of(one.to) for one in on_way}),
        "papers_from": _labels({label_of(one.giver) for one in on_way}),
    }


def _losers(case: Case, ledger: Ledger) -> Iterator[Holder]:
    """Where a loss is reported, or was confirmed and is not made good."""
    yield from (one.holder for one in ledger.losses if one.open)
    yield from (one.plan.holder for one in reports_of(case))


def lost_label(holder: Holder) -> str:
    """What lists call what was lost or damaged at a place."""
    return f"lost:{label_of(holder)}"


def label_of(holder: Holder) -> str:
    """What a place is called in lists; nothing where papers lie for good."""
    match holder.kind:
        case HolderKind.WINDOW:
            return window_label(holder.id)
        case HolderKind.DEPARTMENT:
            return department_label(holder.id)
        case _:
            return ""


def _labels(found: set[str]) -> str:
    return "".join(f" {one} " for one in sorted(found) if one)


def _audience_of(case: Case, kind: AskKind) -> str:
    """Whose answer the open ask of a kind wants; a renewal stands with what is asked formally."""
    formal = {AskKind.SUPERVISE, AskKind.RENEWAL}
    kinds = formal if kind is AskKind.SUPERVISE else {kind}
    ask = next((one for one in case.open_asks if one.kind in kinds), None)
    if ask is None:
        return ""
    return department_label(ask.department) if ask.department else window_label(case.window)


def _write_optional(moment: datetime | None, none: int | None) -> int | None:
    return none if moment is None else write_moment(moment)


def _names_of(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns)


_NAMES = _names_of(case_head)
_word = str.__str__
"""The text of an enumeration's member, five times faster than its `value`."""

_READ: dict[str, Any] = {
    "stage": {one.value: one for one in Stage}.__getitem__,
    "clock": {one.value: one for one in ClockState}.__getitem__,
    "outcome": {one.value: one for one in Outcome}.__getitem__,
    "delivery": {one.value: one for one in Delivery}.__getitem__,
    "received_at": read_moment,
    "forecast": bool,
}
"""How the columns are read that do not mean what they hold; looking up is faster than asking."""

_READ_IF_ANY: dict[str, Any] = {
    "claim_until": read_moment,
    "papers_moved": read_moment,
    "promised_due": read_day,
    "statutory_due": read_day,
    "grey_until": read_moment,
    "yellow_from": read_moment,
    "red_from": read_moment,
    "asked_due": read_day,
    "deferred_due": read_day,
}
