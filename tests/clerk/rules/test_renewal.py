"""Which case renews which licence, and when the law counts it as renewed (Art. 50)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from clerk.contract.case import MaterialState
from clerk.contract.command import WithdrawCase
from clerk.contract.item import Field, Item, Option, Situation
from clerk.contract.licence import Licence, LicenceStatus
from clerk.rules.case import Case
from clerk.rules.renewal import Ended, counts_as_renewed, renews
from tests.support.cases import CLERK, FOOD, MONDAY, CaseStory, all_provided, receive_command

UNTIL = MONDAY.date() + timedelta(days=30)
AFTER = UNTIL + timedelta(days=1)
RENEWAL = replace(FOOD, name="食品经营许可延续")
KINDS = Situation(
    key="kind", question="办理类型", options=(Option("new", "新办"), Option("again", "延续"))
)
WITH_KINDS = replace(FOOD, situations=(KINDS,))
WITH_NUMBER = replace(FOOD, fields=(Field(key="old", label="原证号", required=False),))


def licence(number: str = "F-1", type_id: str = "food-licence", until: date = UNTIL) -> Licence:
    return Licence(
        id=f"l-{number}",
        type=type_id,
        type_name="食品经营许可证",
        number=number,
        holder_name="王小明",
        issuer="市市场监督管理局",
        issued_on=date(2021, 6, 1),
        valid_until=until,
    )


def received(item: Item = RENEWAL, *, evidence: str = "", **more: dict[str, str]) -> Case:
    ticks = all_provided()
    if evidence:
        exempted = replace(ticks[1], state=MaterialState.EXEMPTED, evidence=evidence)
        ticks = (ticks[0], exempted, ticks[2])
    command = replace(receive_command(ticks), **more)
    return CaseStory(item).do(command, CLERK).case


def ended(*others: Licence, one: Licence | None = None, days: int = 30) -> Ended:
    mine = one or licence()
    return Ended(licence=mine, held=(mine, *others), renewal_days=days)


def test_an_item_for_renewing_renews_the_only_licence_of_its_type() -> None:
    assert renews(received(), RENEWAL, ended())
    assert not renews(received(FOOD), FOOD, ended())
    assert not renews(received(), RENEWAL, ended(one=licence(type_id="fire-licence")))
    assert not renews(received(), RENEWAL, ended(licence("F-2")))
    over = licence("F-2", until=MONDAY.date() - timedelta(days=1))
    assert renews(received(), RENEWAL, ended(over))


def test_so_does_the_situation_that_was_chosen() -> None:
    again = received(WITH_KINDS, answers={"kind": "again"})
    assert renews(again, WITH_KINDS, ended())
    new = received(WITH_KINDS, answers={"kind": "new"})
    assert not renews(new, WITH_KINDS, ended())


def test_a_licence_that_the_application_names_is_the_one() -> None:
    named = received(WITH_NUMBER, fields={"old": " F-2 "})
    second = licence("F-2")
    assert renews(named, WITH_NUMBER, ended(licence(), one=second))
    assert not renews(named, WITH_NUMBER, ended(second))
    other = licence("X-1", "fire-licence")
    assert not renews(received(FOOD, evidence=other.id), FOOD, ended(one=other))
    assert renews(received(RENEWAL, evidence=other.number), RENEWAL, ended(one=other))


@pytest.mark.parametrize(
    ("until", "days", "today", "counts"),
    [
        (UNTIL, 30, UNTIL, False),
        (UNTIL, 30, AFTER, True),
        (UNTIL, 31, AFTER, False),
        (UNTIL - timedelta(days=1), 30, AFTER, False),
    ],
)
def test_applied_for_in_time_and_undecided_at_the_end(
    until: date, days: int, today: date, *, counts: bool
) -> None:
    one = ended(one=licence(until=until), days=days)
    assert counts_as_renewed(received(), RENEWAL, one, today) is counts


def test_what_is_out_of_hand_or_was_taken_away_is_not_renewed_by_law() -> None:
    revoked = replace(licence(), status=LicenceStatus.REVOKED)
    assert not counts_as_renewed(received(), RENEWAL, ended(one=revoked), AFTER)
    own = replace(licence(), case_id=received().id)
    assert not counts_as_renewed(received(), RENEWAL, ended(one=own), AFTER)
    story = CaseStory(RENEWAL).received().do(WithdrawCase(reason="不办了"), CLERK)
    assert not counts_as_renewed(story.case, RENEWAL, ended(), AFTER)
