"""Making a failure small: fewer faults, fewer acts, fewer desks, as long as it fails alike."""

from __future__ import annotations

from collections.abc import Callable

from tests.sim.plan import CALM, Plan, make_plan
from tests.sim.runs import Outcome, run_plan

MOST_RUNS = 250
Fails = Callable[[Plan], bool]


def shrink(plan: Plan, bugs: frozenset[str] = frozenset(), most_runs: int = MOST_RUNS) -> Plan:
    """The smallest plan found that fails with the same code."""
    code = run_plan(plan, bugs).violation
    assert code, "only a failure is shrunk"
    left = most_runs

    def fails(other: Plan) -> bool:
        nonlocal left
        left -= 1
        return left >= 0 and run_plan(other, bugs).violation == code

    calm = plan._replace(rates=CALM)
    plan = calm if fails(calm) else plan
    plan = _drop_ops(plan, fails)
    return _drop_desks(plan, fails)


def report(seed: int, bugs: frozenset[str] = frozenset()) -> str:
    """What a failing seed comes down to, and the trace of its last events."""
    plan = shrink(make_plan(seed), bugs)
    outcome = run_plan(plan, bugs, traced=True)
    return "\n".join(_lines(plan, outcome))


def _lines(plan: Plan, outcome: Outcome) -> list[str]:
    return [
        f"seed {plan.seed}: {outcome.violation} {outcome.seen}",
        f"desks {[place.window or place.department for place in plan.desks]}, {plan.rates}",
        *(f"  at {op.at / 1000:.3f} {op.kind} {op.who} ({op.salt})" for op in plan.ops),
        *outcome.trace,
    ]


def _drop_ops(plan: Plan, fails: Fails) -> Plan:
    """Delta debugging: ever smaller pieces are left out."""
    size = max(len(plan.ops) // 2, 1)
    while True:
        start = 0
        while start < len(plan.ops):
            fewer = plan._replace(ops=plan.ops[:start] + plan.ops[start + size :])
            if fails(fewer):
                plan = fewer
            else:
                start += size
        if size == 1:
            return plan
        size //= 2


def _drop_desks(plan: Plan, fails: Fails) -> Plan:
    while len(plan.desks) > 1:
        fewer = plan._replace(desks=plan.desks[:-1])
        if not fails(fewer):
            return plan
        plan = fewer
    return plan
