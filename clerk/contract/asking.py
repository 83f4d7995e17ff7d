"""Asking about a case that does not move on: urged, supervised, answered, gone up (催办, 督办).

Time asks too, where a renewal is undecided when the licence ends (行政许可法 Art. 50).
"""

from __future__ import annotations

from datetime import date

from clerk.contract.event import Event


class Urged(Event, frozen=True, kw_only=True, tag="urged"):
    """The holder was asked to go on, with an answer due (催办).

    `department` holds the case; it is empty while the window does. `to` is who had claimed it.
    """

    ask: int
    note: str
    due: date
    department: str = ""
    to: str = ""
    to_name: str = ""


class Supervised(Event, frozen=True, kw_only=True, tag="supervised"):
    """A formal, numbered supervision, which the head of the department answers (督办)."""

    ask: int
    reason: str
    demand: str
    due: date
    department: str = ""
    document: str = ""


class RenewalUndecided(Event, frozen=True, kw_only=True, tag="renewal_undecided"):
    """A licence ended while its timely renewal, this case, was undecided (行政许可法 Art. 50).

    The law counts it as renewed until the decision; nothing is granted by this event. A person
    of `department` confirms it by `due`, or says why it is not so. `until` was its last day.
    """

    ask: int
    licence: str
    licence_name: str
    number: str
    until: date
    due: date
    department: str


class AskAnswered(Event, frozen=True, kw_only=True, tag="ask_answered"):
    """What was asked was answered; of a renewal, whether the licence `holds` on by law."""

    ask: int
    text: str
    holds: bool | None = None


class Escalated(Event, frozen=True, kw_only=True, tag="escalated"):
    """Nobody answered, or a limit was passed: it goes one step up.

    `matter` is what the policy calls it; `ask` is 0 where it is about a limit.
    """

    matter: str
    level: int
    to: str
    ask: int = 0
