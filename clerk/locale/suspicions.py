"""What an auditor is told of a finding, in words."""

from __future__ import annotations

from clerk.contract.supervision import Finding
from clerk.locale import _, mark
from clerk.locale.problems import tell
from clerk.rules.supervision.patterns import PATTERNS

_ACTS: dict[str, str] = {
    "accepted": mark("Accept"),
    "supplement_asked": mark("Ask for a supplement"),
    "declined": mark("Decline"),
    "step_passed": mark("Pass on to the next step"),
    "step_returned": mark("Send back to an earlier step"),
    "decided": mark("Decide"),
    "produced": mark("Report the result made"),
    "released": mark("Hand out the result"),
}


def name_rule(number: str) -> str:
    """What a rule is called; one that a later release knows by its number."""
    rule = PATTERNS.get(number)
    return _(rule.name) if rule else number


def tell_suspicion(finding: Finding) -> str:
    """Why something was found, as a sentence."""
    rule = PATTERNS.get(finding.rule)
    if rule is None:
        return finding.rule
    told = dict(finding.parameters)
    if "act" in told:
        told["act"] = _(_ACTS.get(told["act"], told["act"]))
    if "problem" in told:
        told["problem"] = tell(told["problem"], told).what
    return _(rule.reason).format_map(told)
