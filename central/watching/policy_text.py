"""The policy of supervision as TOML that a person can change and load again."""

from __future__ import annotations

from collections.abc import Iterator

from clerk.contract.supervision import SupervisionPolicy
from clerk.locale import _
from clerk.locale.suspicions import name_rule
from clerk.rules.supervision.patterns import PATTERNS


def write_policy(policy: SupervisionPolicy) -> str:
    """The whole policy, every rule with its parameters, explained in comments."""
    return "\n".join(_lines(policy))


def _lines(policy: SupervisionPolicy) -> Iterator[str]:
    yield "# " + _("Working days in which an urge, and a formal supervision, is answered.")
    yield f"urge_days = {policy.urge_days}"
    yield f"supervise_days = {policy.supervise_days}"
    for step in policy.escalation:
        yield ""
        yield "[[escalation]]"
        yield f'of = "{step.of.value}"'
        yield f"after_days = {step.after_days}"
        yield f'to = "{step.to}"'
    settings = {one.rule: one for one in policy.patterns}
    for number, rule in PATTERNS.items():
        setting = settings.get(number)
        parameters = rule.parameters | (setting.parameters if setting else {})
        told = ", ".join(f"{name} = {value}" for name, value in parameters.items())
        yield ""
        yield "[[patterns]]  # " + name_rule(number)
        yield f'rule = "{number}"'
        yield f"on = {'true' if setting is None or setting.on else 'false'}"
        yield f"parameters = {{ {told} }}" if told else "parameters = {}"
