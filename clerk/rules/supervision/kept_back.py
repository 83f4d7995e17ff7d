"""A change of the catalogue that could not take effect on its day (rule R13)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import msgspec

from clerk.contract.supervision import Finding
from clerk.rules.supervision.patterns import ActiveRules

_RULE = "R13"


class KeptBack(msgspec.Struct, frozen=True, kw_only=True):
    """An item or a bundle that was to change `on` a day, who put the change, and the problem."""

    entry: str
    name: str
    on: date
    put_by: str
    code: str
    parameters: Mapping[str, object]


def find_kept_back(one: KeptBack, at: datetime, rules: ActiveRules) -> tuple[Finding, ...]:
    """What an auditor is told of it: once for its day, however often it is tried."""
    if rules.find(_RULE) is None:
        return ()
    told = {key: str(value) for key, value in one.parameters.items()}
    finding = Finding(
        id=f"{_RULE}|{one.entry}|{one.on.isoformat()}",
        rule=_RULE,
        at=at,
        actor="",
        actor_name=one.put_by,
        item_name=one.name,
        parameters=told | {"entry": one.name, "on": one.on.isoformat(), "problem": one.code},
    )
    return (finding,)
