"""What single cells mean."""

from __future__ import annotations

import pytest

from central.catalogue.identity import department_id_of, item_id_of
from central.imports.codes import CodeForm, read_code
from central.imports.values import read_counts, read_limit, read_source
from clerk.contract.item import MaterialSource
from clerk.contract.limits import Limit, Unit


@pytest.mark.parametrize(
    ("text", "unit", "limit"),
    [
        ("3", "工作日", Limit(3)),
        ("3", "", Limit(3)),
        ("１０", "个工作日", Limit(10)),
        ("1个工作日内", "", Limit(1)),
        ("30天", "", Limit(30)),
        ("30", "自然日", Limit(30, Unit.NATURAL_DAYS)),
        ("2小时", "", Limit(2, Unit.NATURAL_HOURS)),
        ("4", "工作小时", Limit(4, Unit.WORKING_HOURS)),
        ("即办", "", Limit(0)),
        ("当场办结", "工作日", Limit(0)),
        ("二十个工作日", "", Limit(20)),
        ("三个月", "", None),
        ("视情况", "工作日", None),
        ("99999", "工作日", None),
        ("3", "盏茶", None),
    ],
)
def test_limits(text: str, unit: str, limit: Limit | None) -> None:
    assert read_limit(text, unit) == limit


@pytest.mark.parametrize(
    ("form", "copies", "counts"),
    [
        ("", "", (0, 0)),
        ("原件", "", (1, 0)),
        ("复印件", "3", (0, 3)),
        ("原件0/复印件3", "3", (0, 3)),
        ("原件1份，复印件2份", "", (1, 2)),
        ("原件和复印件", "各1", (1, 1)),
        ("", "2", (2, 0)),
        ("", "各两份", (2, 2)),
        ("照片", "1", None),
        ("原件", "若干", None),
    ],
)
def test_counts(form: str, copies: str, counts: tuple[int, int] | None) -> None:
    assert read_counts(form, copies) == counts


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("", MaterialSource.APPLICANT),
        ("申请人自备", MaterialSource.APPLICANT),
        ("政府部门核发", MaterialSource.GOVERNMENT),
        ("中介机构或法定机构产生", MaterialSource.INTERMEDIARY),
        ("其他", MaterialSource.OTHER),
        ("天上", None),
    ],
)
def test_sources(text: str, source: MaterialSource | None) -> None:
    assert read_source(text) is source


@pytest.mark.parametrize(
    ("code", "form", "subject"),
    [
        (
            "511Z07001006-511602000000-000-11511301008778183N-1-00",
            CodeForm.PROVINCIAL,
            "11511301008778183N",
        ),
        ("1J-5100-00027-511602000000-000-11511301008778386B-1-00", CodeForm.PROVINCIAL, None),
        ("512C0107400001-511602000000-000-00877868-5-1-00", CodeForm.PROVINCIAL, "00877868-5"),
        ("E-000004-001-11511301008778386B", CodeForm.OLD_PROVINCIAL, "11511301008778386B"),
        ("TE44028144101419295442002030000", CodeForm.NATIONAL, "TE4402814410141929"),
        ("310100891004", CodeForm.CATALOGUE, ""),
        ("anything", CodeForm.OTHER, ""),
    ],
)
def test_codes(code: str, form: CodeForm, subject: str | None) -> None:
    found, body = read_code(code)
    assert found is form
    assert subject is None or body == subject


def test_identities_never_depend_on_the_file() -> None:
    assert item_id_of("310100891004", "a", "b", "c") == "310100891004"
    assert item_id_of("", "a", "b", "c") == item_id_of("", "a", "b", "c")
    assert len({item_id_of("", *words) for words in ("abc", "acb", "bac")}) == 3
    assert department_id_of("town", "市水务局").startswith("town-sswj-")
    assert department_id_of("", "市水务局").startswith("sswj-")
    longest = department_id_of("地" * 64, "市水务局" * 100)
    assert len(longest) <= 64
