"""One checklist for several items: shared once, twins kept, held licences exempted."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from clerk.contract.case import MaterialState
from clerk.contract.draft import Tick
from clerk.contract.item import (
    Condition,
    Field,
    Item,
    Material,
    Necessity,
    Option,
    Situation,
)
from clerk.contract.licence import Licence, LicenceStatus
from clerk.rules.checklist import checklist, form_fields, open_situations, satisfied
from tests.support.cases import FOOD

TODAY = date(2026, 6, 1)

HEALTH = Item(
    id="health",
    version=1,
    name="公共场所卫生许可",
    department="health",
    department_name="市卫生健康委员会",
    situations=(
        Situation(
            key="air",
            question="是否使用集中空调",
            options=(Option("yes", "是"), Option("no", "否")),
        ),
    ),
    materials=(
        Material(
            key="a", name="身份证", shared="id-card", copies=2, replaced_by=("resident-id", "x")
        ),
        Material(key="b", name="布局图", copies=1),
        Material(key="c", name="空调检测报告", originals=1, when=(Condition("air", ("yes",)),)),
        Material(key="d", name="照片", necessity=Necessity.OPTIONAL, copies=2),
        Material(key="e", name="证明", copies=1),
        Material(key="f", name="证明", copies=1),
    ),
)

HELD = Licence(
    id="l1",
    type="resident-id",
    type_name="居民身份证",
    number="masked",
    holder_name="某人",
    issuer="公安局",
    issued_on=date(2020, 1, 1),
    valid_until=date(2030, 1, 1),
)


def keys(*items: Item, answers: dict[str, str] | None = None) -> list[str]:
    """The lines that these items demand."""
    return [line.key for line in checklist(items, answers or {}, (), TODAY)]


def test_a_shared_material_is_asked_for_once_and_serves_both() -> None:
    lines = {line.key: line for line in checklist((FOOD, HEALTH), {}, (), TODAY)}
    assert [(one.item, one.key) for one in lines["id-card"].serves] == [
        ("food", "m2"),
        ("health", "a"),
    ]
    assert lines["id-card"].copies == 2, "the stricter demand counts"


def test_the_same_name_is_the_same_paper_between_items() -> None:
    lines = {line.key: line for line in checklist((FOOD, HEALTH), {}, (), TODAY)}
    assert len(lines["布局图"].serves) == 2
    assert lines["布局图"].deferrable_days == 0, "a favour counts where every item knows it"


def test_a_twin_within_an_item_stays_a_twin() -> None:
    assert keys(HEALTH)[-2:] == ["证明", "证明#2"]


def test_twins_of_two_items_meet_one_by_one() -> None:
    again = replace(HEALTH, id="other")
    lines = {line.key: line for line in checklist((HEALTH, again), {}, (), TODAY)}
    assert [one.item for one in lines["证明#2"].serves] == ["health", "other"]


def test_an_answer_decides_which_materials_apply() -> None:
    assert "空调检测报告" not in keys(HEALTH)
    assert "空调检测报告" not in keys(HEALTH, answers={"health/air": "no"})
    assert "空调检测报告" in keys(HEALTH, answers={"health/air": "yes"})


def test_the_answer_of_one_item_says_nothing_about_another() -> None:
    assert "空调检测报告" not in keys(HEALTH, answers={"food/air": "yes"})


def test_a_held_licence_exempts_where_every_item_accepts_it() -> None:
    lines = {line.key: line for line in checklist((FOOD, HEALTH), {}, (HELD,), TODAY)}
    assert lines["id-card"].licence == HELD
    other = replace(HELD, type="x")
    lines = {line.key: line for line in checklist((FOOD, HEALTH), {}, (other,), TODAY)}
    assert lines["id-card"].licence is None


def test_a_licence_exempts_where_its_type_replaces_the_material() -> None:
    stands = replace(HELD, type="x", replaces=("id-card",))
    lines = {line.key: line for line in checklist((FOOD, HEALTH), {}, (stands,), TODAY)}
    assert lines["id-card"].licence == stands
    assert not any(line.exempted for key, line in lines.items() if key != "id-card")


def test_an_expired_or_revoked_licence_is_named_and_the_paper_asked_for() -> None:
    for bad in (
        replace(HELD, valid_until=date(2026, 5, 31)),
        replace(HELD, status=LicenceStatus.REVOKED),
    ):
        (_, line, _) = checklist((FOOD,), {}, (bad,), TODAY)
        assert (line.licence, line.unusable) == (None, bad)
    (_, line, _) = checklist((FOOD,), {}, (replace(HELD, valid_until=TODAY),), TODAY)
    assert line.exempted, "the last day is a good day"


def test_a_line_is_satisfied_by_enough_paper_or_by_a_favour() -> None:
    line = checklist((HEALTH,), {}, (), TODAY)[0]
    provided = MaterialState.PROVIDED
    assert not satisfied(line, None)
    assert not satisfied(line, Tick(state=provided, copies=1))
    assert satisfied(line, Tick(state=provided, copies=2))
    assert satisfied(line, Tick(state=MaterialState.CORRECTED))
    optional = next(one for one in checklist((HEALTH,), {}, (), TODAY) if one.name == "照片")
    assert satisfied(optional, None)


def test_a_shared_field_is_typed_once() -> None:
    one = replace(FOOD, fields=(Field(key="p", label="电话", shared="phone", required=False),))
    two = replace(HEALTH, fields=(Field(key="q", label="电话", shared="phone"),))
    (line,) = form_fields((one, two), {})
    assert (line.key, line.required, len(line.serves)) == ("phone", True, 2)


def test_a_situation_waits_for_the_one_it_depends_on() -> None:
    inner = Situation(
        key="new",
        question="是否新建",
        options=(Option("yes", "是"),),
        when=(Condition("air", ("yes",)),),
    )
    item = replace(HEALTH, situations=(*HEALTH.situations, inner))
    assert [one.key for one in open_situations(item, {})] == ["air"]
    assert [one.key for one in open_situations(item, {"health/air": "yes"})] == ["air", "new"]
