"""Invented cases as a report sees them."""

from __future__ import annotations

import random
from datetime import date, timedelta

from clerk.contract.case import Outcome, Stage
from clerk.contract.report import CaseFact, TimeKind

DEPARTMENTS = tuple(f"第{n}号局" for n in range(1, 41))
WINDOWS = tuple(f"综合窗口 {n}" for n in range(101, 121))
_DAYS_BACK = 120


def invent_facts(chance: random.Random, count: int, today: date) -> list[CaseFact]:
    """Cases of all stages, received in the months before today."""
    return [_invent_fact(chance, n, today) for n in range(count)]


def _invent_fact(chance: random.Random, n: int, today: date) -> CaseFact:
    received = today - timedelta(chance.randrange(_DAYS_BACK))
    accepted = min(today, received + timedelta(chance.randrange(8)))
    decided = min(today, accepted + timedelta(chance.randrange(30)))
    stage = chance.choice(list(Stage))
    is_decided = stage is Stage.DECIDED
    is_accepted = stage in {Stage.ACCEPTED, Stage.HANDLING} or is_decided
    return CaseFact(
        number=f"{n:015d}",
        item=f"item-{n % 300}",
        item_name=f"第{n % 300}号事项",
        department_name=chance.choice(DEPARTMENTS),
        window_name=chance.choice(WINDOWS),
        received_on=received,
        stage=stage,
        outcome=chance.choice([Outcome.GRANTED, Outcome.REFUSED]) if is_decided else Outcome.NONE,
        accepted_on=accepted if is_accepted else None,
        deemed=is_accepted and chance.random() < 0.02,
        supplement_asked_on=received if chance.random() < 0.2 else None,
        declined_on=accepted if stage is Stage.DECLINED else None,
        decided_on=decided if is_decided else None,
        released_on=decided if is_decided and chance.random() < 0.5 else None,
        promised_due=accepted + timedelta(10) if is_accepted and n % 3 else None,
        statutory_due=accepted + timedelta(28) if is_accepted else None,
        clerk_name=f"窗口{n % 25:02}号人员",
        time_kind=chance.choice(list(TimeKind)),
        spent_days=chance.randrange(30) if is_decided else None,
        step_name=chance.choice(["承办", "审核", "批准"]) if stage is Stage.HANDLING else "",
        bundle_name="工程建设项目" if n % 7 == 0 else "",
        bundle_stage=f"第{n % 4 + 1}阶段" if n % 7 == 0 else "",
        papers_saved=chance.randrange(9) if chance.random() < 0.6 else 0,
    )
