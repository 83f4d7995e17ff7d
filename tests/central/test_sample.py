"""What must hold between the files of the sample catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import msgspec
import pytest
from stdnum.cn import uscc

from central.registers.examining import read_descriptions
from central.registers.sight import fields_seen
from central.sample.catalogue import SampleCatalogue, load_sample
from central.sample.files import convert, list_files, read_text
from central.sample.items import load_items
from clerk.contract.item import (
    Act,
    Audience,
    Bundle,
    Condition,
    Department,
    Item,
    Material,
    MaterialKind,
    MaterialSource,
    Necessity,
    ResultKind,
    Window,
)
from clerk.contract.licence import Licence
from clerk.contract.limits import Limit, Unit
from clerk.contract.session import Purpose
from clerk.contract.user import Role
from clerk.decoding import decode
from clerk.errors import InputError
from clerk.rules.checklist import answer_key, checklist
from clerk.rules.exemption import read_fact

_TYPES = {"行政许可", "行政确认", "行政给付", "行政奖励", "行政裁决", "其他行政权力", "公共服务"}
_FACTS = {
    "person.name",
    "person.address",
    "organisation.name",
    "organisation.address",
    "organisation.representative",
    "applicant.phone",
}


@pytest.fixture(scope="module")
def sample() -> SampleCatalogue:
    return load_sample()


@pytest.fixture(scope="module")
def complete(sample: SampleCatalogue) -> tuple[Item, ...]:
    return tuple(one for one in sample.items if is_complete(one))


def is_complete(item: Item) -> bool:
    parts = (item.situations, item.materials, item.fields, item.flow, item.legal_basis)
    has_result = item.result.kind is not ResultKind.NOTHING
    return all(parts) and item.promised is not None and has_result


def item_named(sample: SampleCatalogue, department: str, name: str) -> Item:
    return next(one for one in sample.items if (one.department, one.name) == (department, name))


def conditions(item: Item) -> Iterator[Condition]:
    for situation in item.situations:
        yield from situation.when
    for material in item.materials:
        yield from material.when
    for field in item.fields:
        yield from field.when


def twins(values: list[str]) -> set[str]:
    return {value for value, times in Counter(values).items() if times > 1}


def test_sizes(sample: SampleCatalogue, complete: tuple[Item, ...]) -> None:
    assert len(sample.departments) >= 35
    assert len({one.department for one in sample.items}) >= 35
    assert len(sample.items) >= 300
    assert len(complete) >= 25
    for item in complete:
        for paper in item.materials:
            assert paper.originals + paper.copies > 0, f"{item.name}: {paper.name}"
        sources = {one.source for one in item.materials}
        kinds = {one.kind for one in item.materials}
        assert MaterialSource.APPLICANT in sources, item.name
        assert kinds - {MaterialKind.OTHER}, item.name
    papers = [one for item in complete for one in item.materials]
    assert {one.necessity for one in papers} == {Necessity.REQUIRED, Necessity.OPTIONAL}
    assert sum(one.kind is MaterialKind.OTHER for one in papers) < len(papers) / 10
    assert {MaterialSource.GOVERNMENT, MaterialSource.INTERMEDIARY} <= {
        one.source for one in papers
    }
    assert 8 <= len(sample.windows) <= 12


def test_whatever_has_materials_is_complete(
    sample: SampleCatalogue, complete: tuple[Item, ...]
) -> None:
    assert {one.name for one in sample.items if one.materials} == {one.name for one in complete}


def test_ids_and_names_are_unique(sample: SampleCatalogue) -> None:
    assert not twins([one.id for one in sample.departments])
    assert not twins([one.name for one in sample.departments])
    assert not twins([one.id for one in sample.windows])
    assert not twins([str(one.number) for one in sample.windows])
    assert not twins([one.id for one in sample.licence_types])
    assert not twins([one.name for one in sample.licence_types])
    assert not twins([one.id for one in sample.items])
    assert not twins([f"{one.department}/{one.name}" for one in sample.items])


def test_codes_are_well_formed_and_nobody_elses(sample: SampleCatalogue) -> None:
    for item in sample.items:
        assert len(item.code) == 31
        assert uscc.is_valid(item.code[:18])
        assert item.code[8:12] == "YBEN"
        assert item.code[18:21] == "362"
        assert item.code[21:].isdecimal()


def test_one_department_has_one_subject_code(sample: SampleCatalogue) -> None:
    pairs = {(one.department, one.code[:18]) for one in sample.items}
    assert len(pairs) == len({department for department, _ in pairs})
    assert len(pairs) == len({subject for _, subject in pairs})


def test_departments_and_types_are_known(sample: SampleCatalogue) -> None:
    departments = {one.id: one.name for one in sample.departments}
    for item in sample.items:
        assert item.department_name == departments[item.department]
        assert item.type_name in _TYPES
        assert item.version == 1
        assert item.theme
        assert item.name.strip() == item.name != ""
    assert {one.department for one in sample.licence_types} <= departments.keys()
    assert {one.lead_department for one in sample.bundles} <= departments.keys()


def test_every_item_rests_on_a_law(sample: SampleCatalogue) -> None:
    for item in sample.items:
        assert all(basis.law and "《" not in basis.law for basis in item.legal_basis)
        assert item.legal_basis


def test_licences_are_in_the_catalogue(sample: SampleCatalogue) -> None:
    types = {one.id: one for one in sample.licence_types}
    for item in sample.items:
        assert (item.result.kind is ResultKind.LICENCE) == bool(item.result.licence_type)
        assert (item.result.kind is ResultKind.NOTHING) == (not item.result.name)
        if item.result.licence_type:
            assert item.result.valid_months == types[item.result.licence_type].valid_months
        for material in item.materials:
            named = {one for one in material.replaced_by if read_fact(one) is None}
            assert named <= types.keys()


def test_a_fact_that_stands_for_a_paper_has_its_register_and_a_window_that_sees_it(
    sample: SampleCatalogue,
) -> None:
    described = {
        one.id: one
        for file in list_files("registers")
        for one in read_descriptions(read_text(file).encode())
    }
    named = [
        (item, fact)
        for item in sample.items
        for material in item.materials
        for one in material.replaced_by
        if (fact := read_fact(one))
    ]
    assert named, "the sample shows how it is done"
    for item, (register, key) in named:
        roles, purpose = (Role.COUNTER,), Purpose.DRAFT
        assert key in fields_seen(described[register], roles, (item.id,), purpose)
        field = next(one for one in described[register].fields if one.key == key)
        assert field.until


def test_every_licence_type_is_issued_by_some_item(sample: SampleCatalogue) -> None:
    issued = {one.result.licence_type for one in sample.items}
    assert {one.id for one in sample.licence_types} <= issued


def test_a_promise_is_no_longer_than_the_law_allows(sample: SampleCatalogue) -> None:
    for item in sample.items:
        assert item.promised is not None
        assert item.promised.unit is item.statutory.unit
        assert 0 <= item.promised.amount <= item.statutory.amount


def test_steps_fit_into_the_promise(complete: tuple[Item, ...]) -> None:
    for item in complete:
        limits = [one.limit for one in item.flow if one.limit is not None]
        assert item.promised is not None
        assert {one.unit for one in limits} == {item.promised.unit}
        assert sum(one.amount for one in limits) <= item.promised.amount


def test_the_last_step_approves_and_alone_decides(complete: tuple[Item, ...]) -> None:
    for item in complete:
        assert item.flow[-1].act is Act.APPROVE
        assert [one.may_decide for one in item.flow] == [False] * (len(item.flow) - 1) + [True]
        assert not twins([one.key for one in item.flow])
        assert item.flow[0].act is Act.HANDLE or item.flow[0].at_window


def test_conditions_name_situations_asked_before(complete: tuple[Item, ...]) -> None:
    for item in complete:
        options = {one.key: {option.key for option in one.options} for one in item.situations}
        for condition in conditions(item):
            assert set(condition.options) <= options[condition.situation]
        asked: set[str] = set()
        for situation in item.situations:
            assert {one.situation for one in situation.when} <= asked
            asked.add(situation.key)


def test_every_situation_switches_materials(complete: tuple[Item, ...]) -> None:
    for item in complete:
        assert 1 <= len(item.situations) <= 3
        met = [one for material in item.materials for one in material.when]
        for situation in item.situations:
            chosen = [set(one.options) for one in met if one.situation == situation.key]
            every = {option.key for option in situation.options}
            assert any(options < every for options in chosen), (item.name, situation.key)


def test_keys_inside_an_item_are_unique(complete: tuple[Item, ...]) -> None:
    for item in complete:
        assert not twins([one.key for one in item.materials]), item.name
        assert not twins([one.key for one in item.fields]), item.name
        assert not twins([one.key for one in item.situations]), item.name


def test_materials_tell_what_to_bring(complete: tuple[Item, ...]) -> None:
    for item in complete:
        for material in item.materials:
            assert material.originals + material.copies > 0, (item.name, material.key)
            assert material.necessity != "optional" or not material.deferrable_days


def test_a_name_is_shared_only_where_the_material_is(complete: tuple[Item, ...]) -> None:
    owners: dict[str, set[str]] = {}
    for item in complete:
        for material in item.materials:
            owners.setdefault(material.name, set()).add(material.shared or item.name)
    assert {name for name, those in owners.items() if len(those) > 1} == set()


def test_fields_fit_their_audience(complete: tuple[Item, ...]) -> None:
    for item in complete:
        facts = {one.prefill for one in item.fields if one.prefill}
        assert facts <= _FACTS
        if item.audience is Audience.PERSON:
            assert not any(fact.startswith("organisation.") for fact in facts)
        if item.audience is Audience.ORGANISATION:
            assert not any(fact.startswith("person.") for fact in facts)


def shared_materials(item: Item) -> dict[str, Material]:
    return {one.shared: one for one in item.materials if one.shared}


@pytest.mark.parametrize(
    ("first", "second", "asked_once", "exempted_by"),
    [
        (
            ("shichang-jianguan", "食品经营许可"),
            ("weijian", "公共场所卫生许可"),
            "premises-proof",
            ("business-licence", "business-licence"),
        ),
        (
            ("weijian", "护士执业注册"),
            ("jiaoyu", "教师资格认定"),
            "photo",
            ("id-card", "resident-id"),
        ),
        (
            ("canlian", "残疾人证核发"),
            ("minzheng", "最低生活保障对象认定"),
            "household-register",
            ("id-card", "resident-id"),
        ),
        (
            ("renshe", "人力资源服务许可"),
            ("xiaofang", "公众聚集场所投入使用、营业前消防安全检查"),
            "legal-person-id",
            ("business-licence", "business-licence"),
        ),
    ],
)
def test_two_departments_share_a_material_and_spare_another(
    sample: SampleCatalogue,
    first: tuple[str, str],
    second: tuple[str, str],
    asked_once: str,
    exempted_by: tuple[str, str],
) -> None:
    one = shared_materials(item_named(sample, *first))
    other = shared_materials(item_named(sample, *second))
    assert asked_once in one.keys() & other.keys()
    code, licence_type = exempted_by
    assert licence_type in one[code].replaced_by
    assert licence_type in other[code].replaced_by


def test_a_walk_in_shares_one_paper_and_is_spared_another(sample: SampleCatalogue) -> None:
    food = item_named(sample, "shichang-jianguan", "食品经营许可")
    hygiene = item_named(sample, "weijian", "公共场所卫生许可")
    held = Licence(
        id="l1",
        type="business-licence",
        type_name="营业执照",
        number="1",
        holder_name="样本",
        issuer="市市场监督管理局",
        issued_on=date(2026, 1, 5),
    )
    answers = {answer_key(one.id, "matter"): "new" for one in (food, hygiene)}
    lines = {one.key: one for one in checklist([food, hygiene], answers, [held], date(2026, 3, 2))}
    assert [one.item for one in lines["premises-proof"].serves] == [food.id, hygiene.id]
    assert not lines["premises-proof"].exempted
    assert [one.item for one in lines["business-licence"].serves] == [food.id, hygiene.id]
    assert lines["business-licence"].exempted


def test_a_limit_in_natural_days_is_kept(sample: SampleCatalogue) -> None:
    school = next(one for one in sample.items if one.result.licence_type == "private-school")
    assert school.statutory == Limit(90, Unit.NATURAL_DAYS)


def test_a_misspelt_key_is_refused_with_its_place() -> None:
    plain = {"id": "a", "number": 1, "name": "窗口", "center": "中心", "centre": "中心"}
    with pytest.raises(InputError) as refused:
        convert(plain, Window, "windows.toml", "windows[0]")
    assert refused.value.code == "sample.unknown_key"
    assert refused.value.parameters == {"file": "windows.toml", "key": "windows[0].center"}


def test_a_misspelt_key_inside_is_refused_with_its_place() -> None:
    nodes = [{"item": "a", "stage": "s", "main": True, "before": []}]
    plain = {"id": "b", "version": 1, "name": "n", "lead_department": "d", "stages": []}
    with pytest.raises(InputError) as refused:
        convert(plain | {"nodes": nodes}, Bundle, "b.toml", "bundle")
    assert refused.value.parameters["key"] == "bundle.nodes[0].before"


def test_a_value_of_the_wrong_kind_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        convert({"id": "a", "name": 3}, Department, "departments.toml", "departments[0]")
    assert refused.value.code == "sample.wrong_value"
    assert refused.value.parameters["key"] == "departments[0]"


def test_an_unknown_department_is_refused(sample: SampleCatalogue) -> None:
    with pytest.raises(InputError) as refused:
        load_items({}, {one.id: one for one in sample.licence_types})
    assert refused.value.code == "sample.unknown_department"
    assert refused.value.parameters["file"] == "items.csv"


def test_an_unknown_licence_type_is_refused(sample: SampleCatalogue) -> None:
    with pytest.raises(InputError) as refused:
        load_items({one.id: one for one in sample.departments}, {})
    assert refused.value.code == "sample.unknown_licence_type"


def test_the_sample_travels_as_a_message(sample: SampleCatalogue) -> None:
    wire = msgspec.json.encode(sample)
    assert decode(wire, SampleCatalogue) == sample
