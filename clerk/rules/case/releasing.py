"""Producing the result and handing it over (制证, 出件, 送达)."""

from __future__ import annotations

from clerk.contract.answer import Refusal
from clerk.contract.case import AnyEvent, Delivery, HandoverChosen, Produced, Released
from clerk.contract.command import ChooseHandover, ProduceResult, ReleaseResult
from clerk.contract.user import Role
from clerk.errors import in_one
from clerk.rules.case.context import Context, lacks_role, refuse
from clerk.rules.case.state import Case
from clerk.rules.identifiers import Reading, read_identifier
from clerk.rules.reaching import is_name

Decision = tuple[AnyEvent, ...] | Refusal

COLLECTORS = ("self", "agent")
"""Who may collect a result: the applicant, or an agent with ID."""

_PRODUCERS = (Role.HANDLER, Role.REVIEWER, Role.APPROVER)


def produce(case: Case, _command: ProduceResult, context: Context) -> Decision:
    """The department reports the result made and at the window."""
    if case.delivery is not Delivery.IN_PRODUCTION:
        return refuse("delivery.wrong_state", delivery=case.delivery.value)
    of_department = context.user.department == case.terms.department
    if context.user.disabled or not of_department or not _may_produce(context):
        return refuse("step.not_yours", step="produce", role=Role.HANDLER.value, department="")
    return (Produced(at=context.now, by=context.actor),)


def release(case: Case, command: ReleaseResult, context: Context) -> Decision:
    """Hand the result over against a signature; an agent shows an ID."""
    refusal = lacks_role(context, Role.COUNTER) or _wrong_collector(command, context)
    if refusal:
        return refusal
    if case.delivery is Delivery.RELEASED:
        return refuse("delivery.already_released", number=case.number)
    if case.delivery is not Delivery.AT_WINDOW:
        return refuse("delivery.wrong_state", delivery=case.delivery.value)
    if case.sealing:
        return refuse("licence.being_sealed", number=case.licence)
    if case.place and case.place.together and context.not_ready:
        return refuse("bundle.together", names=in_one(context.not_ready))
    return (_released(command, context),)


def choose_handover(case: Case, command: ChooseHandover, context: Context) -> Decision:
    """The applicant wants the results of a stage together, or each as it is ready."""
    refusal = lacks_role(context, Role.COUNTER)
    if refusal:
        return refusal
    if case.place is None:
        return refuse("bundle.none", number=case.number)
    if case.closed:
        return refuse("case.wrong_stage", stage=case.stage.value)
    return (HandoverChosen(at=context.now, by=context.actor, together=command.together),)


def _may_produce(context: Context) -> bool:
    return any(context.user.has(role) for role in _PRODUCERS)


def _wrong_collector(command: ReleaseResult, context: Context) -> Refusal | None:
    if command.collector_kind not in COLLECTORS:
        return refuse("collector.unknown_kind", "collector_kind", kind=command.collector_kind)
    if not is_name(command.collector):
        return refuse("collector.name_missing", "collector")
    if not command.signature.strip():
        return refuse("collector.signature_missing", "signature")
    if command.collector_kind == "agent" and not _read_collector(command, context).valid:
        return refuse("collector.number_invalid", "collector_id")
    return None


def _read_collector(command: ReleaseResult, context: Context) -> Reading:
    return read_identifier(command.collector_id, command.collector_id_kind, today=context.today)


def _released(command: ReleaseResult, context: Context) -> Released:
    return Released(
        at=context.now,
        by=context.actor,
        collector=command.collector.strip(),
        collector_id=command.collector_id,
        collector_id_kind=_read_collector(command, context).kind,
        collector_kind=command.collector_kind,
        signature=command.signature.strip(),
    )
