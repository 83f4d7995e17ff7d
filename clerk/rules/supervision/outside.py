"""A look outside one's own work (break-glass): every one of them goes to the auditor (rule R10)."""

from __future__ import annotations

from datetime import datetime

from clerk.contract.supervision import Finding
from clerk.contract.user import Actor
from clerk.rules.identifiers.masking import scrub
from clerk.rules.supervision.patterns import ActiveRules

_RULE = "R10"


def find_outside_look(
    look: str, at: datetime, by: Actor, reason: str, rules: ActiveRules
) -> tuple[Finding, ...]:
    """What the auditor is told of a look for no case of one's own; numbers in it are masked."""
    if rules.find(_RULE) is None:
        return ()
    finding = Finding(
        id=f"{_RULE}|{look}",
        rule=_RULE,
        at=at,
        actor=by.user,
        actor_name=by.name,
        department=by.department,
        window=by.window,
        parameters={"reason": scrub(reason), "lookup": look},
    )
    return (finding,)
