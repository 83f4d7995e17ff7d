"""What stands for a paper, and why what is on record does not."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from clerk.contract.licence import Licence, LicenceStatus, Renewal
from clerk.contract.register import AnswerState, RegisterAnswer, RegisterFact
from clerk.rules.checklist import checklist, describe_held
from clerk.rules.exemption import Flaw, Seen, licence_flaw, read_fact, same_name
from tests.clerk.rules.test_checklist import HEALTH, HELD, TODAY
from tests.support.cases import FOOD, MONDAY

NAMED = Seen(name="某人")
SAID = RegisterAnswer(
    register="tax",
    name="税务登记",
    state=AnswerState.ANSWERED,
    at=MONDAY,
    facts=(RegisterFact(key="standing", label="纳税信用", value="甲"),),
)
PLAN = replace(HEALTH.materials[1], replaced_by=("tax:standing",))
ASKING = replace(HEALTH, materials=(PLAN,))

ENDED = replace(HELD, valid_until=date(2026, 5, 31))
OVER_CONFIRMED = replace(
    ENDED,
    status=LicenceStatus.EXPIRED,
    renewal=Renewal.CONFIRMED,
    renewal_by="赵批准",
    renewal_on=TODAY,
)


@pytest.mark.parametrize(
    ("licence", "seen", "flaw"),
    [
        (HELD, NAMED, None),
        (replace(HELD, valid_until=TODAY), NAMED, None),
        (replace(HELD, valid_until=date(2026, 5, 31)), NAMED, Flaw.EXPIRED),
        (replace(HELD, status=LicenceStatus.EXPIRED), NAMED, Flaw.EXPIRED),
        (replace(HELD, status=LicenceStatus.SUSPENDED), NAMED, Flaw.SUSPENDED),
        (replace(HELD, status=LicenceStatus.REVOKED), NAMED, Flaw.REVOKED),
        (replace(HELD, status=LicenceStatus.CANCELLED), NAMED, Flaw.CANCELLED),
        (replace(ENDED, renewal=Renewal.TO_CONFIRM), NAMED, Flaw.RENEWAL_OPEN),
        (replace(ENDED, renewal=Renewal.CONFIRMED), NAMED, None),
        (OVER_CONFIRMED, NAMED, None),
        (replace(OVER_CONFIRMED, status=LicenceStatus.SUSPENDED), NAMED, Flaw.SUSPENDED),
        (replace(OVER_CONFIRMED, ended_as=LicenceStatus.SUSPENDED), NAMED, Flaw.SUSPENDED),
        (replace(OVER_CONFIRMED, status=LicenceStatus.REVOKED), NAMED, Flaw.REVOKED),
        (replace(OVER_CONFIRMED, holder_name="别人"), NAMED, Flaw.OTHER_NAME),
        (HELD, Seen(name="别人"), Flaw.OTHER_NAME),
        (HELD, Seen(name="某人", same_number=False), Flaw.OTHER_NUMBER),
    ],
)
def test_why_a_licence_does_not_hold(licence: Licence, seen: Seen, flaw: Flaw | None) -> None:
    (line,) = checklist(
        (replace(FOOD, materials=(FOOD.materials[1],)),), {}, (licence,), TODAY, seen
    )
    assert line.flaw is flaw
    assert line.exempted == (flaw is None)
    assert licence_flaw(licence, seen, TODAY) is flaw


def test_a_day_before_its_end_asks_what_it_was_then() -> None:
    over = replace(OVER_CONFIRMED, renewal=Renewal.NONE, ended_as=LicenceStatus.VALID)
    assert over.valid_until is not None
    assert over.holds_on(over.valid_until)
    assert not over.holds_on(TODAY)
    suspended = replace(over, ended_as=LicenceStatus.SUSPENDED)
    assert suspended.status_on(over.valid_until) is LicenceStatus.SUSPENDED


def test_what_counts_as_renewed_says_who_confirmed_it_and_when() -> None:
    assert describe_held(OVER_CONFIRMED).endswith("（视为准予延续，2026-06-01由赵批准确认）")
    assert describe_held(ENDED).endswith("2026-05-31")


def test_names_are_the_same_whatever_their_width_and_spaces() -> None:
    assert same_name("兰州（示范）有限公司", "兰州(示范) 有限公司")
    assert not same_name("张三", "张三丰")
    assert same_name("", "张三"), "what is not known cannot differ"


@pytest.mark.parametrize(
    ("answer", "flaw", "exempted"),
    [
        (SAID, None, True),
        (replace(SAID, state=AnswerState.KEPT, age_s=60), None, True),
        (replace(SAID, state=AnswerState.OLDER), Flaw.NOT_SURE, False),
        (replace(SAID, state=AnswerState.TO_BE_CHECKED, facts=()), Flaw.NOT_SURE, False),
        (replace(SAID, state=AnswerState.NONE, facts=()), None, False),
        (replace(SAID, facts=(replace(SAID.facts[0], risk=True),)), Flaw.RISK, False),
        (replace(SAID, facts=()), None, False),
        (replace(SAID, facts=(replace(SAID.facts[0], until=TODAY),)), None, True),
        (
            replace(SAID, facts=(replace(SAID.facts[0], until=date(2026, 5, 31)),)),
            Flaw.EXPIRED,
            False,
        ),
    ],
)
def test_a_fact_of_a_register_stands_for_a_paper_where_the_register_is_sure(
    answer: RegisterAnswer, flaw: Flaw | None, *, exempted: bool
) -> None:
    (line,) = checklist((ASKING,), {}, (), TODAY, Seen(answers=(answer,)))
    assert (line.exempted, line.flaw) == (exempted, flaw)
    if line.fact:
        assert line.fact.evidence == "tax:standing"
        assert (line.fact.source, line.fact.as_of) == ("税务登记", MONDAY)


def test_a_fact_serves_two_items_only_where_both_name_it() -> None:
    other = replace(ASKING, id="other", materials=(replace(PLAN, replaced_by=()),))
    (line,) = checklist((ASKING, other), {}, (), TODAY, Seen(answers=(SAID,)))
    assert not line.exempted


def test_an_evidence_names_a_fact_or_a_licence() -> None:
    assert read_fact("tax:standing") == ("tax", "standing")
    assert read_fact("licence-1") is None
    assert read_fact(":x") is None
