"""The form is part of a complete application (行政许可法 Art. 32(4)(5))."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from clerk.contract.case import MaterialState, Outcome, Stage, SupplementLine
from clerk.contract.command import (
    AcceptCase,
    AskSupplement,
    ClaimCase,
    DecideCase,
    HandInSupplement,
    PassStep,
)
from clerk.contract.item import Condition, Field, FieldKind, Option
from clerk.errors import in_one
from clerk.rules.case import fold
from clerk.rules.case.form import lacking_fields
from clerk.rules.case.handing_in import fields_to_come, papers_to_come
from clerk.rules.case.privacy import masked
from tests.support.cases import (
    APPROVER,
    CLERK,
    FOOD,
    HANDLER,
    REVIEWER,
    CaseStory,
    all_provided,
    receive_command,
    with_states,
)

WITH_FORM = replace(
    FOOD,
    fields=(
        Field(key="address", label="经营场所地址"),
        Field(key="phone", label="联系电话", kind=FieldKind.PHONE),
        Field(key="area", label="面积", kind=FieldKind.NUMBER, required=False),
        Field(key="trade", label="业态", kind=FieldKind.CHOICE, options=(Option("shop", "销售"),)),
        Field(key="car", label="车牌号", when=(Condition("mobile", ("yes",)),)),
    ),
)
FILLED = {"address": "解放路1号", "phone": "13800000000", "trade": "shop"}


def story_with(**fields: str) -> CaseStory:
    """A case received with these fields, all papers there."""
    story = CaseStory(WITH_FORM)
    return story.do(replace(receive_command(), fields={**FILLED, **fields}), CLERK)


def ask(*keys: str) -> AskSupplement:
    return AskSupplement(lines=tuple(SupplementLine(key, key, "未填写") for key in keys))


def test_a_form_that_is_filled_in_is_accepted_without_what_does_not_apply() -> None:
    assert story_with().do(AcceptCase(), CLERK).case.stage is Stage.ACCEPTED


@pytest.mark.parametrize(
    "fields",
    [{"address": ""}, {"address": " "}, {"phone": ""}, {"area": "大"}, {"trade": "factory"}],
)
def test_a_field_that_is_empty_or_wrong_keeps_a_case_from_acceptance(
    fields: dict[str, str],
) -> None:
    assert story_with(**fields).refused(AcceptCase(), CLERK) == "case.form_incomplete"


def test_the_refusal_names_every_field() -> None:
    refusal = story_with(address="", trade="").ask(AcceptCase(), CLERK)
    assert getattr(refusal, "parameters", {})["names"] == in_one(["经营场所地址", "业态"])


def test_a_desk_that_sees_numbers_masked_decides_as_central_does() -> None:
    for fields in ({}, {"phone": ""}):
        story = story_with(**fields)
        assert story.record is not None
        story_at_desk = CaseStory(WITH_FORM)
        story_at_desk.record = masked(story.record)
        at_central, at_desk = story.ask(AcceptCase(), CLERK), story_at_desk.ask(AcceptCase(), CLERK)
        assert getattr(at_central, "code", "") == getattr(at_desk, "code", "")


def test_a_notice_leaves_no_lacking_field_out() -> None:
    story = story_with(address="", trade="")
    refusal = story.ask(ask("address", "m1"), CLERK)
    assert getattr(refusal, "code", "") == "supplement.not_all"
    assert getattr(refusal, "parameters", {})["names"] == "业态"


def test_handing_in_brings_the_field_that_was_asked_for() -> None:
    story = story_with(address="").do(ask("address"), CLERK)
    story.do(HandInSupplement(fields={"address": " 解放路2号 "}), CLERK)
    assert (story.case.stage, story.case.fields["address"]) == (Stage.RECEIVED, "解放路2号")
    assert story.do(AcceptCase(), CLERK).case.stage is Stage.ACCEPTED


def test_what_lacks_is_put_right_at_the_counter_without_a_notice() -> None:
    story = CaseStory(WITH_FORM)
    papers = with_states(m1=MaterialState.MISSING)
    story.do(replace(receive_command(papers), fields={**FILLED, "address": ""}), CLERK)
    begun = story.case.five_days_from
    story.do(HandInSupplement(materials=all_provided()[:1]), CLERK)
    assert story.refused(AcceptCase(), CLERK) == "case.form_incomplete"
    story.do(HandInSupplement(fields={"address": " 解放路3号 "}), CLERK)
    assert (story.case.stage, story.case.five_days_from) == (Stage.RECEIVED, begun)
    assert story.case.fields["address"] == "解放路3号"
    assert story.case.supplements_asked == 0
    assert story.do(AcceptCase(), CLERK).case.stage is Stage.ACCEPTED


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"trade": "factory"}, "field.not_an_option"),
        ({"address": "别处"}, "field.not_asked"),
        ({"colour": "红"}, "material.not_of_item"),
        ({}, "supplement.empty"),
    ],
)
def test_at_the_counter_too_only_what_lacks_comes_in(fields: dict[str, str], code: str) -> None:
    assert story_with(trade="").refused(HandInSupplement(fields=fields), CLERK) == code


def test_after_the_fifth_day_nothing_is_put_right_any_more() -> None:
    story = story_with(address="").later(days=14)
    command = HandInSupplement(fields={"address": "解放路3号"})
    assert story.refused(command, CLERK) == "case.deemed_accepted"


def test_after_acceptance_by_law_what_lacks_comes_in_and_nothing_else_changes() -> None:
    story = CaseStory(WITH_FORM)
    papers = with_states(m1=MaterialState.MISSING, m3=MaterialState.DEFERRED)
    story.do(replace(receive_command(papers), fields={**FILLED, "address": ""}), CLERK)
    story.later(days=8).do(AcceptCase(), CLERK)
    before = story.case
    assert set(papers_to_come(before)) == {"m1", "m3"}
    assert set(fields_to_come(before, story.now.date())) == {"address"}
    there = HandInSupplement(materials=all_provided()[1:2])
    assert story.refused(there, CLERK) == "material.there_already"
    assert story.refused(HandInSupplement(fields={"trade": "shop"}), CLERK) == "field.not_asked"
    all_of_it = (all_provided()[0], all_provided()[2])
    story.later(days=1).do(
        HandInSupplement(materials=all_of_it, fields={"address": " 解放路3号 "}), CLERK
    )
    after = story.case
    assert {one.state for one in after.materials} == {MaterialState.PROVIDED}
    assert after.fields["address"] == "解放路3号"
    kept = ("materials", "fields", "version", "acts", "trail")
    same = {name: getattr(before, name) for name in kept}
    assert replace(after, **same) == before
    assert not papers_to_come(after)


def test_once_decided_only_what_was_deferred_comes_in() -> None:
    papers = with_states(m1=MaterialState.MISSING, m3=MaterialState.DEFERRED)
    story = CaseStory().received(papers).later(days=8).do(AcceptCase(), CLERK)
    for who in (HANDLER, REVIEWER):
        story.do(ClaimCase(), who).do(PassStep(opinion="同意"), who)
    story.do(ClaimCase(), APPROVER)
    story.do(DecideCase(outcome=Outcome.GRANTED, opinion="准予"), APPROVER)
    assert set(papers_to_come(story.case)) == {"m3"}
    form, plan = all_provided()[:1], all_provided()[2:]
    assert story.refused(HandInSupplement(materials=form), CLERK) == "material.not_deferred"
    story.do(HandInSupplement(materials=plan), CLERK)
    assert [one.key for one in story.case.missing] == ["m1"]


def test_what_is_put_right_at_the_counter_is_masked_on_its_way() -> None:
    story = story_with(phone="").do(HandInSupplement(fields={"phone": "13912345678"}), CLERK)
    assert story.record is not None
    assert "*" in fold(masked(story.record)).fields["phone"]


def test_what_is_handed_in_is_masked_on_its_way() -> None:
    story = story_with(phone="").do(ask("phone"), CLERK)
    story.do(HandInSupplement(fields={"phone": "13912345678"}), CLERK)
    assert story.record is not None
    shown = fold(masked(story.record)).fields["phone"]
    assert "*" in shown
    assert shown != story.case.fields["phone"]


def test_a_field_still_lacking_leaves_the_case_waiting() -> None:
    story = story_with(address="", trade="").do(ask("address", "trade"), CLERK)
    story.do(HandInSupplement(fields={"trade": "shop"}), CLERK)
    assert story.case.stage is Stage.SUPPLEMENTING
    assert [one.key for one in lacking_fields(story.case, story.now.date())] == ["address"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"trade": "factory"}, "field.not_an_option"),
        ({"trade": " "}, "field.missing"),
        ({"address": "别处"}, "field.not_asked"),
        ({"colour": "红"}, "material.not_of_item"),
        ({}, "supplement.empty"),
    ],
)
def test_only_right_values_of_what_was_asked_for_come_in(fields: dict[str, str], code: str) -> None:
    story = story_with(trade="").do(ask("trade"), CLERK)
    assert story.refused(HandInSupplement(fields=fields), CLERK) == code


def test_with_a_deferred_material_no_field_comes_in() -> None:
    story = CaseStory(WITH_FORM)
    papers = with_states(m3=MaterialState.DEFERRED)
    story.do(replace(receive_command(papers), fields=FILLED), CLERK).do(AcceptCase(), CLERK)
    command = HandInSupplement(materials=all_provided()[2:], fields={"address": "别处"})
    assert story.refused(command, CLERK) == "field.not_asked"


def test_a_value_that_was_there_and_asked_for_anew_is_awaited() -> None:
    story = story_with().do(ask("address", "m1"), CLERK)
    story.do(HandInSupplement(materials=all_provided()[:1]), CLERK)
    assert (story.case.stage, story.case.awaited) == (Stage.SUPPLEMENTING, ("address",))
    story.do(HandInSupplement(fields={"address": "解放路3号"}), CLERK)
    assert (story.case.stage, story.case.awaited) == (Stage.RECEIVED, ())
