"""Asking about a case that does not move on: urged, supervised, answered, gone up (催办, 督办)."""

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


class AskAnswered(Event, frozen=True, kw_only=True, tag="ask_answered"):
    """An urge or a supervision was answered."""

    ask: int
    text: str


class Escalated(Event, frozen=True, kw_only=True, tag="escalated"):
    """Nobody answered, or a limit was passed: it goes one step up.

    `matter` is what the policy calls it; `ask` is 0 where it is about a limit.
    """

    matter: str
    level: int
    to: str
    ask: int = 0
