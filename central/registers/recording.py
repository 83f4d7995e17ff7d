"""The record of looks: who, why, at which fields of which register, and how old they were.

It is written before anything leaves central. What was seen for a case is put to the case.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import replace

from central.access import Caller
from central.acts import recording as acts
from central.calendars import get_calendar
from central.db import audit, feed, findings, lookups, register_answers
from central.db.engine import Connection
from central.db.feed import Change
from central.db.lookups import Look
from central.db.register_answers import Shown
from central.registers.outside.failure import DOUBTS, NONSENSE
from central.registers.purpose import Sought
from central.watching.policy import get_policy
from clerk.contract.ids import new_id
from clerk.contract.register import LookedUp, RegisterAnswer, RegisterFact
from clerk.contract.session import LookUp, Purpose
from clerk.contract.user import Actor
from clerk.rules.supervision.outside import find_outside_look
from clerk.rules.supervision.patterns import ActiveRules

Public = Mapping[str, frozenset[str]]
"""For each register the fields whose values may go along with a case."""
_DOUBTFUL = DOUBTS | {NONSENSE}


class NumberAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Why somebody asked by a number, where, and whether there was anything.

    Text of the reason goes into the lookups alone, not into the audit record.
    """

    purpose: Purpose
    subject: str
    found: bool
    sources: str
    reason: str = ""


def make_look(
    connection: Connection,
    ask: LookUp,
    sought: Sought,
    caller: Caller,
    *,
    found: bool,
    sources: str,
) -> Look:
    """A look as it goes on record."""
    told = NumberAsked(
        purpose=ask.purpose,
        subject=ask.subject,
        reason=ask.reason.strip(),
        found=found,
        sources=sources,
    )
    return _look(connection, caller, sought.number, told)


def note_number(
    connection: Connection, caller: Caller, number: str, action: str, told: NumberAsked
) -> None:
    """Put on record that somebody asked by a number, or saw one whole, without any card."""
    look = _look(connection, caller, number, told)
    lookups.add(connection, look)
    audit.append(connection, _entry(look, caller, action))


def record_look(
    connection: Connection,
    look: Look,
    caller: Caller,
    answers: Sequence[RegisterAnswer],
    items: tuple[str, ...],
    *,
    public: Public,
) -> None:
    """Put a look on record with what central's own registers said in it."""
    lookups.add(connection, look)
    _note(connection, look, caller, answers, items)
    told = _report(connection, look, caller) if look.purpose is Purpose.BREAK_GLASS else ()
    entry = _entry(look, caller, f"lookup.{look.purpose.value}")
    _finish(connection, look, caller, _withheld(answers, public), entry)
    feed.announce(connection, told)


def record_answer(
    connection: Connection,
    look: Look,
    caller: Caller,
    answer: RegisterAnswer,
    items: tuple[str, ...],
    *,
    public: Public,
) -> None:
    """Put on record what a further register was seen to say within a look."""
    _note(connection, look, caller, (answer,), items)
    detail = {"lookup": look.id, "register": answer.register, "state": answer.state.value}
    if answer.problem:
        detail["code"] = answer.problem
    doubtful = answer.problem in _DOUBTFUL
    entry = audit.Entry(
        at=caller.now,
        actor=caller.user.id,
        action="register.doubtful" if doubtful else "register.seen",
        subject=look.subject,
        detail=detail,
    )
    _finish(connection, look, caller, _withheld((answer,), public), entry)


def note_refusal(connection: Connection, ask: LookUp, caller: Caller, code: str) -> None:
    """Put on record that somebody was not let look; of the number nothing is kept."""
    subject = ask.subject if ask.subject.isprintable() else ""
    entry = audit.Entry(
        at=caller.now,
        actor=caller.user.id,
        action="lookup.refused",
        subject=subject[:64],
        detail={"code": code, "purpose": ask.purpose.value, "kind": ask.id_kind.value},
    )
    audit.append(connection, entry)


def _look(connection: Connection, caller: Caller, number: str, told: NumberAsked) -> Look:
    """Who looked, and when; of the number a keyed hash."""
    return Look(
        id=_new_id(caller),
        at=caller.now,
        user=caller.user.id,
        device=caller.device.id,
        purpose=told.purpose,
        subject=told.subject,
        reason=told.reason,
        number_digest=lookups.digest(connection, number),
        found=told.found,
        sources=told.sources,
    )


def _entry(look: Look, caller: Caller, action: str) -> audit.Entry:
    return audit.Entry(
        at=caller.now,
        actor=caller.user.id,
        action=action,
        subject=look.subject,
        detail={"lookup": look.id, "device": caller.device.id},
    )


def _note(
    connection: Connection,
    look: Look,
    caller: Caller,
    answers: Sequence[RegisterAnswer],
    items: tuple[str, ...],
) -> None:
    shown = [Shown(id=_new_id(caller), lookup=look.id, items=items, answer=one) for one in answers]
    register_answers.note_shown(connection, shown)


def _finish(
    connection: Connection,
    look: Look,
    caller: Caller,
    answers: Sequence[RegisterAnswer],
    entry: audit.Entry,
) -> None:
    """The case first; audit and feed are a transaction's last statements."""
    change = None
    if look.purpose is Purpose.CASE and answers:
        loaded = acts.load_case(connection, look.subject)
        assert loaded is not None, "a look for a case was allowed because it is there"
        event = LookedUp(at=caller.now, by=_actor(caller), lookup=look.id, answers=tuple(answers))
        moment = acts.Moment(caller.now, get_calendar(connection))
        _case, change = acts.record_events(connection, loaded[0], (event,), moment)
    audit.append(connection, entry)
    if change is not None:
        feed.announce(connection, (change,))


def _withheld(answers: Sequence[RegisterAnswer], public: Public) -> tuple[RegisterAnswer, ...]:
    """That a field was seen is for everybody who sees the case; what it said is not always."""
    return tuple(
        replace(
            one,
            facts=tuple(
                fact if fact.key in public[one.register] else _hide(fact) for fact in one.facts
            ),
        )
        for one in answers
    )


def _hide(fact: RegisterFact) -> RegisterFact:
    return replace(fact, value="", risk=False, since=None, until=None)


def _report(connection: Connection, look: Look, caller: Caller) -> tuple[Change, ...]:
    """Tell the auditor of a look outside one's own work, unless the office has that rule off."""
    rules = ActiveRules(get_policy(connection).patterns)
    found = find_outside_look(look.id, look.at, _actor(caller), look.reason, rules)
    return tuple(findings.change_of(one) for one in findings.add(connection, found, caller.now))


def _actor(caller: Caller) -> Actor:
    return Actor(
        user=caller.user.id,
        name=caller.user.name,
        department=caller.user.department,
        window=caller.device.window,
    )


def _new_id(caller: Caller) -> str:
    return new_id(int(caller.now.timestamp() * 1000), os.urandom)
