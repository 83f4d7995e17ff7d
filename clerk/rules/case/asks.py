"""Folding what was asked about a case, what was answered, and how far it went up."""

from __future__ import annotations

from msgspec.structs import replace

from clerk.contract.asking import AskAnswered, Escalated, RenewalUndecided, Supervised, Urged
from clerk.contract.case import DocumentKind
from clerk.contract.supervision import Matter
from clerk.rules.case.state import Ask, AskAnswer, AskKind, Case, LimitPassed, printed


def urged(case: Case, event: Urged) -> Case:
    """With one more urge."""
    ask = Ask(
        n=event.ask,
        kind=AskKind.URGE,
        by=event.by,
        at=event.at,
        told=event.note,
        due=event.due,
        department=event.department,
        to=event.to,
        to_name=event.to_name,
        delivering=case.undelivered,
    )
    return replace(case, asks=(*case.asks, ask))


def supervised(case: Case, event: Supervised) -> Case:
    """With one more formal supervision."""
    ask = Ask(
        n=event.ask,
        kind=AskKind.SUPERVISE,
        by=event.by,
        at=event.at,
        told=event.reason,
        due=event.due,
        department=event.department,
        demand=event.demand,
        document=event.document,
    )
    return replace(
        case,
        asks=(*case.asks, ask),
        documents=printed(case, DocumentKind.SUPERVISION, event.document, event.at),
    )


def renewal_undecided(case: Case, event: RenewalUndecided) -> Case:
    """With one more licence that ended while this renewal of it was undecided."""
    ask = Ask(
        n=event.ask,
        kind=AskKind.RENEWAL,
        by=event.by,
        at=event.at,
        told=f"{event.licence_name} {event.number} ({event.until.isoformat()})",
        due=event.due,
        department=event.department,
        licence=event.licence,
    )
    return replace(case, asks=(*case.asks, ask))


def answered(case: Case, event: AskAnswered) -> Case:
    """With the answer beside what was asked."""
    answer = AskAnswer(event.by, event.at, event.text, event.holds)
    asks = tuple(replace(one, answer=answer) if one.n == event.ask else one for one in case.asks)
    return replace(case, asks=asks)


def escalated(case: Case, event: Escalated) -> Case:
    """One step further up."""
    if event.ask:
        asks = tuple(
            replace(one, level=event.level, escalated_to=event.to) if one.n == event.ask else one
            for one in case.asks
        )
        return replace(case, asks=asks)
    others = tuple(one for one in case.limits_passed if one.matter != event.matter)
    passed = LimitPassed(event.matter, event.level, event.to)
    return replace(case, limits_passed=(*others, passed))


def begin_delivering(case: Case) -> Case:
    """For a new decision: of delivering its result nothing has gone up yet."""
    delivery = Matter.DELIVERY.value
    passed = tuple(one for one in case.limits_passed if one.matter != delivery)
    return replace(case, limits_passed=passed)
