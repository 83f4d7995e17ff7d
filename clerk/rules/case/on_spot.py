"""Deciding on the spot (即办): an instant item is accepted and decided in one sitting.

Only where the item says so: a limit of 0, and a flow of one step that the window does itself.
Both papers go out, each with its number, for acceptance and decision are two acts in law
(行政许可法 Art. 32, 34(2), 38).
"""

from __future__ import annotations

from clerk.contract.answer import Refusal
from clerk.contract.case import AnyEvent, Decided, Outcome, Stage, Terms
from clerk.contract.command import AcceptCase, DecideOnSpot
from clerk.contract.user import Role
from clerk.rules.case import counter
from clerk.rules.case.context import Context, lacks_role, refuse
from clerk.rules.case.handling import office_hour
from clerk.rules.case.state import Case

Decision = tuple[AnyEvent, ...] | Refusal


def is_instant(terms: Terms) -> bool:
    """Whether the window itself accepts and decides this item in one sitting."""
    limit = terms.promised or terms.statutory
    only = terms.flow[0] if len(terms.flow) == 1 else None
    return limit.amount == 0 and only is not None and only.at_window and only.may_decide


def decide_on_spot(case: Case, command: DecideOnSpot, context: Context) -> Decision:
    """Accept, unless that was done, and grant or refuse at once."""
    refusal = _may_not(case, context) or _wrong_words(command)
    if refusal:
        return refusal
    if case.stage is Stage.ACCEPTED:
        return (_decided(case, command, context),)
    accepted = counter.accept(case, AcceptCase(), context)
    if isinstance(accepted, Refusal):
        return accepted
    return (*accepted, _decided(case, command, context))


def _may_not(case: Case, context: Context) -> Refusal | None:
    if not is_instant(case.terms):
        return refuse("case.not_instant", item=case.terms.name)
    if context.window != case.window:
        return refuse("case.other_window", number=case.number)
    if case.stage not in {Stage.RECEIVED, Stage.ACCEPTED}:
        return refuse("case.wrong_stage", stage=case.stage.value)
    other = case.claimed_by_other(context.user.id, context.now)
    if other:
        return refuse("claim.taken", by=other.by.name, until=office_hour(other.until))
    return refuse("case.clock_stopped") if case.open_stops else lacks_role(context, Role.COUNTER)


def _wrong_words(command: DecideOnSpot) -> Refusal | None:
    if command.outcome not in {Outcome.GRANTED, Outcome.REFUSED}:
        return refuse("decision.outcome_unknown", "outcome", outcome=command.outcome.value)
    if not command.opinion.strip():
        return refuse("opinion.missing", "opinion")
    if command.outcome is Outcome.REFUSED and not command.reason.strip():
        return refuse("reason.missing", "reason")
    return None


def _decided(case: Case, command: DecideOnSpot, context: Context) -> Decided:
    deferred = any(one.state == "deferred" for one in case.materials)
    granted = command.outcome is Outcome.GRANTED
    return Decided(
        at=context.now,
        by=context.actor,
        step=case.terms.flow[0].key,
        outcome=Outcome.GRANTED_DEFERRED if granted and deferred else command.outcome,
        opinion=command.opinion.strip(),
        reason=command.reason.strip(),
    )
