"""Doing an act once more: other words, fewer materials, and a receipt as the draft it was."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from clerk.contract.bundle import Awaited, DraftProject
from clerk.contract.case import DeclineGround, MaterialState, Outcome, Stance, SupplementLine
from clerk.contract.command import (
    AcceptCase,
    AnswerAsk,
    AnyCommand,
    Approve,
    AskSupplement,
    ChooseHandover,
    DecideCase,
    DeclineCase,
    GiveOpinion,
    HandInSupplement,
    Propose,
    ReceiveCase,
    Reject,
    ResumeClock,
    SuperviseCase,
    UrgeCase,
    Waive,
)
from clerk.contract.draft import ChosenItem, Draft, Tick
from clerk.contract.item import (
    Bundle,
    BundleNode,
    Condition,
    Field,
    Item,
    Material,
    Option,
    Situation,
)
from clerk.contract.proposal import (
    ActUndone,
    AnyAmendment,
    AnyPlan,
    ApplicantAmendment,
    CorrectPlan,
    DecisionAmendment,
    ExtendPlan,
    FormAmendment,
    Procedure,
    ProlongPlan,
    StopAmendment,
    StopPlan,
    SupplementPlan,
    TickAmendment,
)
from clerk.contract.tick import Ticked
from clerk.rules.retyping import draft_of, parts_of, texts_of, with_parts, with_texts
from clerk.rules.submission import commands_of
from clerk.rules.verdict import view_visit
from tests.support.cases import FOOD, MONDAY, all_provided
from tests.support.people import a_person

TODAY = date(2026, 6, 1)
LINES = (SupplementLine("m1", "申请书", "未签字"), SupplementLine("m2", "身份证", "过期"))
SHOP = Item(
    id="shop",
    version=2,
    name="公共场所卫生许可",
    department="health",
    department_name="市卫生健康委员会",
    situations=(Situation(key="kind", question="场所", options=(Option("hotel", "旅馆"),)),),
    materials=(
        Material(key="h1", name="身份证", shared="id-card", copies=1),
        Material(key="h2", name="平面图", when=(Condition("kind", ("hotel",)),), copies=2),
        Material(key="h3", name="平面图", copies=1, deferrable_days=5),
    ),
    fields=(
        Field(key="area", label="面积", shared="area"),
        Field(key="rooms", label="客房数", required=False),
    ),
)
"""An item with a situation, twins among its materials, and a shared field."""


PROJECT = DraftProject(
    id="p1",
    title="江畔旅馆",
    bundle=Bundle(
        id="open-a-hotel",
        version=4,
        name="开旅馆一件事",
        lead_department="health",
        stages=(Option("s1", "开办"),),
        nodes=(
            BundleNode(item="land", stage="s1", main=True, name="用地"),
            BundleNode(item="shop", stage="s1", main=False, after=("land",), name="公共场所"),
        ),
    ),
    together=True,
)
"""A bundle application that the shop is one of, and the food permit is not."""


def walk_in() -> Draft:
    person = a_person(3)
    return Draft(
        id="visit-1",
        window="w1",
        user="u-clerk",
        created_at=MONDAY,
        updated_at=MONDAY,
        id_kind="resident",
        id_text=person.id_number,
        name=person.name,
        phone=person.phone,
        address="人民路1号",
        agent_name=a_person(4).name,
        agent_id="H12345678",
        agent_id_kind="travel_permit",
        agent_phone=a_person(4).phone,
        items=(ChosenItem("food", 3), ChosenItem("shop", 2)),
        answers={"shop/kind": "hotel"},
        ticks={
            "申请书": Tick(state=MaterialState.PROVIDED, originals=1),
            "id-card": Tick(state=MaterialState.PROVIDED, copies=1, note="背面已核"),
            "布局图": Tick(state=MaterialState.DEFERRED, due=date(2026, 6, 9)),
            "平面图": Tick(state=MaterialState.PROVIDED, copies=2),
            "平面图#2": Tick(state=MaterialState.MISSING),
        },
        fields={"area": "60", "shop/rooms": "12"},
        bundle="open-a-hotel",
        project=PROJECT,
    )


def submit(draft: Draft) -> tuple[ReceiveCase, ...]:
    visit = view_visit(draft, (FOOD, SHOP), TODAY)
    return commands_of(draft, visit, {"food": "n1", "shop": "n2"}, "123456", TODAY)


def test_a_receipt_becomes_the_draft_that_it_was() -> None:
    draft = walk_in()
    blank = Draft(id="visit-1", window="w1", user="u-clerk", created_at=MONDAY, updated_at=MONDAY)
    again = draft_of(submit(draft), {"food": FOOD, "shop": SHOP}, blank, TODAY, PROJECT.bundle)
    assert again == draft
    assert submit(again) == submit(draft)


@pytest.mark.parametrize("known", [None, replace(PROJECT.bundle, version=5, nodes=())])
def test_it_keeps_its_place_where_the_bundle_is_gone_or_another(known: Bundle | None) -> None:
    draft = walk_in()
    blank = Draft(id="visit-1", window="w1", user="u-clerk", created_at=MONDAY, updated_at=MONDAY)
    again = draft_of(submit(draft), {"food": FOOD, "shop": SHOP}, blank, TODAY, known)
    food, shop = submit(again)
    assert (food, shop) == submit(draft)
    assert shop.place is not None
    assert shop.place.after == (Awaited("land", "用地", main=True),)
    assert (food.place, food.bundle) == (None, "")


def test_one_item_of_a_visit_comes_back_alone() -> None:
    draft = walk_in()
    blank = Draft(id="visit-2", window="w2", user="u-2", created_at=MONDAY, updated_at=MONDAY)
    (_food, shop) = submit(draft)
    again = draft_of([shop], {"shop": SHOP}, blank, TODAY)
    assert (again.id, again.window, again.user) == ("visit-2", "w2", "u-2")
    assert again.items == (ChosenItem("shop", 2),)
    assert set(again.ticks) == {"id-card", "平面图", "平面图#2"}
    assert again.fields == draft.fields


def test_what_a_licence_stood_for_is_looked_up_anew() -> None:
    draft = walk_in()
    food, _shop = submit(draft)
    held = tuple(
        replace(one, state=MaterialState.EXEMPTED, evidence="licence-1") if one.key == "m2" else one
        for one in food.materials
    )
    again = draft_of([replace(food, materials=held)], {"food": FOOD}, draft, TODAY)
    assert "id-card" not in again.ticks


def test_a_newer_item_takes_what_it_still_asks_for() -> None:
    newer = replace(FOOD, version=4, materials=FOOD.materials[1:])
    food, _shop = submit(walk_in())
    again = draft_of([food], {"food": newer}, walk_in(), TODAY)
    assert again.items == (ChosenItem("food", 4),)
    assert set(again.ticks) == {"id-card", "布局图"}


def test_other_words_in_the_same_act() -> None:
    acts: list[tuple[AnyCommand, dict[str, str]]] = [
        (AcceptCase(), {}),
        (AskSupplement(lines=LINES), {"m1": "未签字", "m2": "过期"}),
        (
            DecideCase(outcome=Outcome.REFUSED, opinion="不符", reason="面积不足"),
            {"reason": "面积不足", "opinion": "不符"},
        ),
        (DeclineCase(ground=DeclineGround.NOT_ELIGIBLE, reason="主体"), {"reason": "主体"}),
        (HandInSupplement(fields={"area": "60"}), {"area": "60"}),
        (Propose(plan=SupplementPlan(reason="漏告")), {"reason": "漏告"}),
        (
            Propose(plan=CorrectPlan(act=2, amendment=ActUndone(), reason="误受理")),
            {"reason": "误受理"},
        ),
        (Reject(proposal=4, reason="不必"), {"reason": "不必"}),
        (ResumeClock(stop=5, finding="合格"), {"finding": "合格"}),
        (Waive(item="land", reason="已有"), {"reason": "已有"}),
        (GiveOpinion(stance=Stance.OBJECT, opinion="间距"), {"opinion": "间距"}),
        (UrgeCase(note="抓紧"), {"note": "抓紧"}),
        (SuperviseCase(reason="逾期", demand="说明"), {"reason": "逾期", "demand": "说明"}),
        (AnswerAsk(ask=1, text="明日"), {"text": "明日"}),
        (Approve(proposal=4), {}),
        (ChooseHandover(together=True), {}),
    ]
    for command, texts in acts:
        assert texts_of(command) == texts
        assert with_texts(command, texts) == command
        other = with_texts(command, {key: text + "。" for key, text in texts.items()})
        assert texts_of(other) == {key: text + "。" for key, text in texts.items()}
        assert type(other) is type(command)


def test_the_days_of_a_plan_are_typed_anew() -> None:
    stop = StopPlan(procedure=Procedure.TEST, basis="第45条", planned_days=300, reason="检测")
    plans: list[tuple[AnyPlan, AnyPlan]] = [
        (stop, replace(stop, planned_days=20)),
        (ExtendPlan(days=300, reason="复杂"), ExtendPlan(days=20, reason="复杂")),
        (ProlongPlan(stop=5, days=300, reason="未完"), ProlongPlan(stop=5, days=20, reason="未完")),
    ]
    for plan, shorter in plans:
        texts = texts_of(Propose(plan=plan))
        assert texts["days"] == "300"
        assert with_texts(Propose(plan=plan), texts | {"days": "20"}) == Propose(plan=shorter)


def test_the_values_of_a_correction_are_typed_anew() -> None:
    tick = Ticked(key="m1", name="申请书", state=MaterialState.PROVIDED, originals=3, copies=1)
    kinds: list[tuple[AnyAmendment, dict[str, str], AnyAmendment]] = [
        (
            ApplicantAmendment(name="张三", phone="13800000000"),
            {"name": "李四", "phone": "13900000000"},
            ApplicantAmendment(name="李四", phone="13900000000"),
        ),
        (FormAmendment({"area": "6"}), {"field:area": "60"}, FormAmendment({"area": "60"})),
        (
            TickAmendment((tick,)),
            {"state:m1": "missing", "originals:m1": "0", "copies:m1": "0"},
            TickAmendment(
                (replace(tick, state=MaterialState.MISSING, originals=0, copies=0),),
            ),
        ),
        (
            StopAmendment(procedure=Procedure.TEST, basis="第45条", planned_days=20),
            {"procedure": "hearing", "basis": "第46条", "days": "5"},
            StopAmendment(procedure=Procedure.HEARING, basis="第46条", planned_days=5),
        ),
        (
            DecisionAmendment(opinion="不予", reason="距离不足", licence_until=TODAY),
            {"opinion": "不予许可", "refusal": "间距不足", "until": ""},
            DecisionAmendment(opinion="不予许可", reason="间距不足"),
        ),
    ]
    for amendment, typed, amended in kinds:
        command = Propose(plan=CorrectPlan(act=2, amendment=amendment, reason="看错一行"))
        texts = texts_of(command)
        assert set(texts) == {*typed, "reason"}
        assert with_texts(command, texts) == command
        other = CorrectPlan(act=2, amendment=amended, reason="另有原因")
        assert with_texts(command, typed | {"reason": "另有原因"}) == Propose(plan=other)


def test_fewer_materials_in_the_same_act() -> None:
    ask, take = AskSupplement(lines=LINES), HandInSupplement(materials=all_provided())
    assert parts_of(ask) == {"m1": "申请书", "m2": "身份证"}
    assert parts_of(take) == {"m1": "申请书", "m2": "身份证", "m3": "布局图"}
    assert parts_of(AcceptCase()) == {}
    assert with_parts(ask, {"m2"}) == AskSupplement(lines=LINES[1:])
    assert with_parts(take, {"m1"}) == HandInSupplement(materials=all_provided()[:1])
    assert with_parts(AcceptCase(), set()) == AcceptCase()
    both = HandInSupplement(materials=all_provided()[:1], fields={"area": "60", "rooms": "12"})
    assert parts_of(both) == {"m1": "申请书", "area": "area", "rooms": "rooms"}
    assert with_parts(both, {"area"}) == HandInSupplement(fields={"area": "60"})
