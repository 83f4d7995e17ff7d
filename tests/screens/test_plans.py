"""What is proposed is told whole, so that nobody approves what they cannot see."""

from __future__ import annotations

from datetime import date

import pytest

from clerk.contract.licence_life import LicenceAct, LicenceGround, LicencePlan
from screens.plans import tell_plan

SUSPEND = LicencePlan(
    act=LicenceAct.SUSPEND, reason="整改", basis="某条例第十四条", until=date(2027, 3, 1)
)
REVOKE = LicencePlan(act=LicenceAct.REVOKE, reason="骗取", ground=LicenceGround.DECEPTION)
CORRECT = LicencePlan(
    act=LicenceAct.CORRECT,
    reason="笔误",
    holder="王小明",
    fields={"premises": "和平里1号", "phone": "13912345678"},
)


@pytest.mark.parametrize(
    ("plan", "shown"),
    [
        (SUSPEND, ("某条例第十四条", "2027-03-01")),
        (REVOKE, ("deceit",)),
        (CORRECT, ("王小明", "和平里1号")),
    ],
)
def test_whoever_approves_sees_what_is_done_to_a_licence(
    plan: LicencePlan, shown: tuple[str, ...]
) -> None:
    told = tell_plan(plan)
    assert all(one in told for one in shown), told
    assert "13912345678" not in told, "numbers stay masked"
