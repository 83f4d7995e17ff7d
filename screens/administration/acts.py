"""Which command at central does what to which thing: acts stay commands, and are on record."""

from __future__ import annotations

import re
from typing import NamedTuple

from clerk.contract.administration import DeskCondition
from clerk.locale import mark

_PROGRAM = "clerk-central"


class Act(NamedTuple):
    """A command as it is typed, and what it does.

    `stem` is what it is for all things; none where each one's has to be typed to its end.
    """

    command: str
    does: str
    stem: str = ""


def acts_on(kind: str, /, **of: object) -> tuple[Act, ...]:
    """What can be done to a thing of this kind, the likeliest first."""
    return tuple(
        Act(f"{_PROGRAM} {command.format(**of)}", does, _stem(command))
        for command, does, fits in _ACTS[kind]
        if all(of.get(name) in values for name, values in fits.items())
    )


def _stem(command: str) -> str:
    """What begins the command of each thing, where it is whole and asks for nothing."""
    whole = "{" in command and command not in _ASKING and not _LEFT_OPEN.search(command)
    return f"{_PROGRAM} {command.partition('{')[0]}…" if whole else ""


_LEFT_OPEN = re.compile(r"\b[A-Z]{2,}\b")
"""What whoever types a command puts something in the place of."""

_ASKING = frozenset({"user password {login}"})
"""Asks for something at the terminal: what is pasted behind it would be taken for the answer."""

_Fits = dict[str, tuple[object, ...]]
_ALWAYS: _Fits = {}
_AT_WORK: _Fits = {
    "condition": tuple(one.value for one in DeskCondition if one is not DeskCondition.DISABLED)
}
_ACTS: dict[str, tuple[tuple[str, str, _Fits], ...]] = {
    "desk": (
        (
            "desk release {id}",
            mark("let it in again, once you know that no copy of it is in use"),
            {"condition": (DeskCondition.QUARANTINED.value,)},
        ),
        ("desk move {id} --window ID", mark("give it another place"), _AT_WORK),
        (
            "desk disable {id}",
            mark("let it in no more: it hands over what it has, and is emptied"),
            _AT_WORK,
        ),
        ("enrol-code --window ID", mark("a code for a new desk"), _ALWAYS),
    ),
    "user": (
        ("user password {login}", mark("set another password"), {"disabled": (False,)}),
        ("user disable {login}", mark("let them in no more"), {"disabled": (False,)}),
        ("user enable {login}", mark("let them in again"), {"disabled": (True,)}),
        ("user add LOGIN --name NAME --role ROLE", mark("add somebody"), _ALWAYS),
    ),
    "schedule": (
        ("schedule run {number}", mark("make and deliver it now"), _ALWAYS),
        ("schedule remove {number}", mark("make it by itself no more"), _ALWAYS),
        ("schedule list", mark("when each is due, and how the last went"), _ALWAYS),
    ),
    "register": (
        ("register check {id}", mark("whether address and credential will do"), _ALWAYS),
        ("register off {id}", mark("ask it no more for now"), {"asked": (True,)}),
        ("register on {id}", mark("ask it again"), {"asked": (False,)}),
        ("register load FILE", mark("let another description hold"), _ALWAYS),
    ),
    "load": (("import {kind} FILE", mark("load again; what broke off goes on"), _ALWAYS),),
    "package": (
        ("package publish {dataset}", mark("publish it anew, if anything changed"), _ALWAYS),
        ("package key list", mark("who may pull it, and when they last did"), _ALWAYS),
    ),
    "catalogue": (
        ("import items FILE", mark("import items; --on DAY lets them wait"), _ALWAYS),
        ("import calendar FILE", mark("the holidays of a year"), _ALWAYS),
        ("catalogue coming", mark("what waits, and why it cannot come"), _ALWAYS),
    ),
    "coming": (
        (
            "catalogue call-off {id} --on {day} --reason TEXT",
            mark("let it not come"),
            _ALWAYS,
        ),
        ("catalogue touch {id}", mark("what the change touches"), _ALWAYS),
    ),
    "backup": (
        ("backup FILE", mark("back the database up; desks go on"), {"on_server": (False,)}),
        ("restore FILE", mark("put a backup in its place"), {"on_server": (False,)}),
        ("restore", mark("say that the server was restored"), {"on_server": (True,)}),
    ),
}
