"""Suspicious patterns for the auditor: each rule is data with a number and a reason.

A finding is a question to a person, not a verdict. Rules over one case look at its events alone;
rules over several look at findings or at ratings (`clerk.rules.supervision.across`).
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from clerk.contract.supervision import PatternSetting
from clerk.errors import InputError
from clerk.locale import mark


class PatternRule(msgspec.Struct, frozen=True):
    """A rule: its number, what it is about, the reason as it is told, and its parameters.

    The reason names parameters of its findings; the rule's own parameters can be set.
    """

    number: str
    name: str
    reason: str
    parameters: dict[str, int] = {}


PATTERNS = {
    rule.number: rule
    for rule in (
        PatternRule(
            "R01",
            mark("Repeated stops"),
            mark("The clock was stopped {count} times; {most} would have been usual."),
            {"most": 1},
        ),
        PatternRule(
            "R02",
            mark("Long stop"),
            mark("“{procedure}” stops the clock for {days} working days; {most} are usual."),
            {"most": 30},
        ),
        PatternRule(
            "R03",
            mark("Second supplement"),
            mark("The applicant was asked for more {count} times; the law knows one notice."),
        ),
        PatternRule(
            "R04",
            mark("Decided within a minute"),
            mark("Decided {seconds} s after acceptance; below {most} nobody can examine it."),
            {"most": 60},
        ),
        PatternRule(
            "R05",
            mark("Decided at the last hour"),
            mark("Decided at {time}, in the last {minutes} minutes before the limit of {day}."),
            {"minutes": 60},
        ),
        PatternRule(
            "R06",
            mark("Outside working hours"),
            mark("“{act}” was done at {time}, when the office is closed."),
            {"margin_minutes": 30},
        ),
        PatternRule(
            "R07",
            mark("Ratings by one device"),
            mark("{count} ratings came from one device within {minutes} minutes."),
            {"least": 5, "minutes": 60, "desk_minutes": 10},
        ),
        PatternRule(
            "R08",
            mark("Many findings on one person"),
            mark("{count} findings on {person} in {month}: {rules}."),
            {"least": 5},
        ),
        PatternRule(
            "R09",
            mark("Acts put right"),
            mark(
                "{count} acts of this case were put right, the last of them №{n}; {most} is usual."
            ),
            {"most": 1},
        ),
        PatternRule(
            "R10",
            mark("Look outside one's own work"),
            mark("Somebody was looked up for no case of one's own; the reason given: {reason}"),
        ),
        PatternRule(
            "R11",
            mark("Looks that no application followed"),
            mark("{count} people were looked up on {day} for applications that never came in."),
            {"least": 5},
        ),
        PatternRule(
            "R12",
            mark("Seen beyond the item's need"),
            mark("For an application were seen fields that none of its items needs: {fields}"),
        ),
        PatternRule(
            "R13",
            mark("Change without effect"),
            mark("“{entry}” was to change on {on} and stays as it was: {problem}"),
        ),
        PatternRule(
            "R14",
            mark("Papers lost or damaged"),
            mark("{count} of the applicant's papers came to harm in the office: {names}; {why}"),
        ),
    )
}
"""Every rule by its number. A number is never used for anything else."""

OF_NO_CASE = frozenset({"R10", "R11", "R12", "R13"})
"""Rules about registers and the catalogue: they find things of no case, unless one is named."""


class ActiveRules:
    """The rules that are on, with the office's parameters."""

    def __init__(self, settings: Iterable[PatternSetting] = ()) -> None:
        """Take the office's settings; what they do not name stays as it is."""
        named = {one.rule: one for one in settings}
        self._parameters = {
            number: rule.parameters | (named[number].parameters if number in named else {})
            for number, rule in PATTERNS.items()
            if number not in named or named[number].on
        }

    def find(self, number: str) -> dict[str, int] | None:
        """The parameters of a rule, or nothing where it is off."""
        return self._parameters.get(number)


def demand_settings(settings: Iterable[PatternSetting]) -> None:
    """Refuse settings of no rule, or of no parameter. Raises InputError."""
    for one in settings:
        rule = PATTERNS.get(one.rule)
        if rule is None:
            raise InputError("pattern.unknown", rule=one.rule)
        for name, value in one.parameters.items():
            if name not in rule.parameters or value < 0:
                known = " ".join(rule.parameters) or "–"
                raise InputError("pattern.parameter", rule=one.rule, name=name, known=known)
