"""The verdict on a walk-in, and the commands that it turns into."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from clerk.contract.case import MaterialState
from clerk.contract.draft import Draft, Tick
from clerk.contract.identity import IdKind
from clerk.contract.item import Field, FieldKind, Option
from clerk.contract.licence import Licence
from clerk.contract.party import PartyKind
from clerk.contract.session import ApplicantCard
from clerk.rules.checklist import FieldLine, Served
from clerk.rules.form import check_field
from clerk.rules.identifiers import mask_identifier
from clerk.rules.submission import commands_of
from clerk.rules.verdict import Withdrawn, facts_of, view_visit
from tests.clerk.rules.test_checklist import HEALTH, HELD
from tests.support.cases import FOOD, MONDAY
from tests.support.people import a_person

TODAY = MONDAY.date()


def draft() -> Draft:
    """A visit of one person for the food item, nothing ticked yet."""
    return Draft(
        id="visit-1",
        window="w1",
        user="u-clerk",
        created_at=MONDAY,
        updated_at=MONDAY,
        id_text=a_person().id_number,
        name=a_person().name,
    )


def card(*licences: Licence) -> ApplicantCard:
    """What the registers know of that person."""
    return ApplicantCard(
        lookup="look-1",
        found=True,
        kind=PartyKind.PERSON,
        id_kind=IdKind.RESIDENT,
        masked_number=mask_identifier(a_person().id_number),
        source="population",
        as_of=MONDAY,
        name="登记姓名",
        facts={"person.address": "某路1号"},
        licences=licences,
    )


def ticked(*keys: str) -> dict[str, Tick]:
    """Lines ticked as seen, with more than enough copies."""
    return {key: Tick(state=MaterialState.PROVIDED, originals=9, copies=9) for key in keys}


def test_nothing_typed_names_everything_that_lacks() -> None:
    verdict = view_visit(replace(draft(), id_text="", name=""), (), TODAY).verdict
    assert {one.code for one in verdict.problems} == {
        "applicant.number_invalid",
        "applicant.name_missing",
        "visit.no_item",
    }
    assert not verdict.receivable


def test_missing_papers_hinder_acceptance_and_not_the_receipt() -> None:
    verdict = view_visit(draft(), (FOOD,), TODAY).verdict
    assert verdict.receivable
    assert not verdict.complete
    assert [line.name for line in verdict.missing] == ["申请书", "身份证", "布局图"]


def test_everything_there_is_complete() -> None:
    full = replace(draft(), ticks=ticked("申请书", "id-card", "布局图"))
    assert view_visit(full, (FOOD,), TODAY).verdict.complete


def test_an_open_question_stands_in_the_way() -> None:
    verdict = view_visit(draft(), (HEALTH,), TODAY).verdict
    assert [one.code for one in verdict.problems] == ["situation.unanswered"]


def test_what_is_plainly_no_name_and_no_telephone_number_is_said() -> None:
    typed = replace(draft(), name="20260601", phone="call me", agent_name="12", agent_phone="x")
    problems = view_visit(typed, (FOOD,), TODAY).verdict.problems
    assert [(one.code, one.field) for one in problems] == [
        ("applicant.name_missing", "name"),
        ("applicant.phone_wrong", "phone"),
        ("agent.name_missing", "agent_name"),
        ("agent.phone_wrong", "agent_phone"),
        ("agent.number_invalid", "agent_id"),
    ]


def test_an_agent_is_named_whole() -> None:
    half = replace(draft(), agent_name="代办人")
    problems = view_visit(half, (FOOD,), TODAY).verdict.problems
    assert [one.code for one in problems] == ["agent.number_invalid"]


def test_an_agents_number_that_fits_several_documents_is_read_as_a_person_says() -> None:
    named = replace(draft(), agent_name="代办人", agent_id="H12345678")
    view = view_visit(named, (FOOD,), TODAY)
    assert view.agent is not None
    assert view.agent.candidates == (IdKind.TRAVEL_PERMIT, IdKind.PASSPORT)
    assert [one.code for one in view.verdict.problems] == ["agent.number_invalid"]
    chosen = replace(named, agent_id_kind=IdKind.TRAVEL_PERMIT.value)
    view = view_visit(chosen, (FOOD,), TODAY)
    (command,) = commands_of(chosen, view, {"food": "n1"}, "123456", TODAY)
    assert command.agent is not None
    assert (command.agent.id_kind, command.agent.id_number) == (IdKind.TRAVEL_PERMIT, "H12345678")


def test_one_command_per_item_with_its_own_part_of_the_shared_typing() -> None:
    visit_draft = replace(
        draft(),
        card=card(replace(HELD, holder_name=a_person().name)),
        answers={"health/air": "no"},
        ticks=ticked("申请书", "布局图", "证明", "证明#2"),
    )
    visit = view_visit(visit_draft, (FOOD, HEALTH), TODAY)
    numbers = {"food": "n1", "health": "n2"}
    food, health = commands_of(visit_draft, visit, numbers, "123456", TODAY)
    assert (food.number, health.number) == ("n1", "n2")
    assert food.application == health.application == "visit-1"
    assert health.answers == {"air": "no"}
    states = {one.key: (one.state, one.evidence) for one in food.materials}
    assert states["m2"] == (MaterialState.EXEMPTED, HELD.id)
    assert {one.key for one in health.materials} == {"a", "b", "e", "f"}
    assert food.applicant.address == "某路1号"
    assert food.applicant.name == a_person().name, "what was typed wins over the register"


def test_an_unticked_paper_travels_as_missing() -> None:
    visit = view_visit(draft(), (FOOD,), TODAY)
    (command,) = commands_of(draft(), visit, {"food": "n"}, "1", TODAY)
    assert {one.state for one in command.materials} == {MaterialState.MISSING}


def test_a_deferred_paper_gets_its_due_date() -> None:
    some = replace(draft(), ticks={"布局图": Tick(state=MaterialState.DEFERRED)})
    (command,) = commands_of(some, view_visit(some, (FOOD,), TODAY), {"food": "n"}, "1", TODAY)
    assert command.materials[2].due == date(2026, 6, 11)


def test_a_wrong_number_that_nobody_will_see_again_travels_as_missing() -> None:
    """Masked at the case it could not be told from a right one, and would be accepted."""
    fields = (
        Field(key="tel", label="联系电话", kind=FieldKind.PHONE, required=True),
        Field(key="on", label="毕业日期", kind=FieldKind.DATE, required=True),
    )
    item = replace(FOOD, fields=fields)
    tel, on = (line.key for line in view_visit(draft(), (item,), TODAY).fields)
    for typed, told in (
        ("20240630", {"on": "某"}),
        ("13800138000", {"tel": "13800138000", "on": "某"}),
    ):
        some = replace(draft(), fields={tel: typed, on: "某"})
        visit = view_visit(some, (item,), TODAY)
        (command,) = commands_of(some, visit, {"food": "n"}, "1", TODAY)
        assert command.fields == told


def test_what_was_typed_fills_fields_and_what_is_masked_does_not() -> None:
    known = {"person.address": "一号", "person.phone": "154****1234"}
    looked_up = replace(draft(), name="", card=replace(card(), facts=known))
    assert facts_of(looked_up) == {"person.address": "一号"}
    typed = replace(looked_up, phone=" 15400001234 ", address="二号")
    facts = facts_of(typed)
    assert (facts["person.phone"], facts["applicant.phone"]) == ("15400001234", "15400001234")
    assert facts["person.address"] == "二号"


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (FieldKind.NUMBER, "12.5", ""),
        (FieldKind.NUMBER, "十二", "field.not_a_number"),
        (FieldKind.NUMBER, "NaN", "field.not_a_number"),
        (FieldKind.MONEY, "-1", "field.not_money"),
        (FieldKind.MONEY, "1,000,000", ""),
        (FieldKind.DATE, "2026-02-30", "field.not_a_date"),
        (FieldKind.DATE, "2026-02-28", ""),
        (FieldKind.CHOICE, "b", "field.not_an_option"),
        (FieldKind.CHOICE, "a", ""),
        (FieldKind.PHONE, "13800138000", ""),
        (FieldKind.PHONE, "0931-8888888", ""),
        (FieldKind.PHONE, "12345", "field.not_a_phone"),
        (FieldKind.TEXT, "", "field.missing"),
        (FieldKind.TEXT, "长" * 201, "field.too_long"),
        (FieldKind.IDENTIFIER, "11", "field.not_an_identifier"),
    ],
)
def test_a_field_says_what_is_wrong_with_it(kind: FieldKind, text: str, code: str) -> None:
    field = Field(key="f", label="某项", kind=kind, options=(Option("a", "甲"),))
    line = FieldLine(key="f", field=field, serves=(Served("food", "f"),), required=True)
    refusal = check_field(line, text, TODAY)
    assert (refusal.code if refusal else "") == code


def test_an_item_that_was_withdrawn_meanwhile_is_not_received() -> None:
    gone = view_visit(draft(), (FOOD,), TODAY, Withdrawn(items={FOOD.id})).verdict.problems
    assert [(one.code, one.parameters) for one in gone] == [
        ("item.offered_no_more", {"item": FOOD.name})
    ]
    retired = view_visit(draft(), (replace(FOOD, retired=True),), TODAY).verdict
    assert [one.code for one in retired.problems] == ["item.offered_no_more"]
    over = view_visit(draft(), (FOOD,), TODAY, Withdrawn(bundle="开店")).verdict.problems
    assert [(one.code, one.parameters) for one in over] == [
        ("bundle.offered_no_more", {"bundle": "开店"})
    ]
