"""Templates: what they offer is what the import takes, and filled in they are imported."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import load_workbook as read_values

from central.imports.template_command import KINDS
from clerk.locale.problems import tell
from exports.workbook.sheet_names import NOTES_NAME, OWN_SHEETS
from tests.central.imports.flows.city import City

YEAR = ("2027-01-01", "2027-05-01", "2027-10-01", "2027-10-02", "2027-10-03")
SAMPLED = {"flows", "bundles"}
"""Their examples stand in the table, and need the demo city."""


def write(city: City, kind: str) -> Path:
    path = city.folder / f"{kind}.xlsx"
    status, told = city.run("template", kind, path)
    assert status == 0, told
    return path


def tables(path: Path) -> list[Worksheet]:
    """The sheets that are filled in."""
    return [one for one in load_workbook(path).worksheets if one.title not in OWN_SHEETS]


def examples(path: Path) -> dict[str, str]:
    """The example of each column, as an independent reader finds it among the explanations."""
    rows = read_values(path).get_sheet_by_name(NOTES_NAME).to_python()
    return {str(head): str(example) for head, told, example in rows[1:] if told}


def words_of(sheet: Worksheet, check: DataValidation) -> list[str]:
    """The words that a list offers, from where it says they stand."""
    assert sheet.parent is not None
    name, _, area = str(check.formula1).partition("!")
    left, top, right, bottom = range_boundaries(area)
    assert left == right
    source = sheet.parent[name.strip("'")]
    return [str(source.cell(row, left or 0).value) for row in range(top or 0, (bottom or 0) + 1)]


def column_of(check: DataValidation) -> int:
    """The column that a check is for."""
    (area,) = check.sqref.ranges
    return int(area.min_col)


def lists_of(sheet: Worksheet) -> dict[str, list[str]]:
    """The words that each column offers, by its head."""
    return {
        str(sheet.cell(1, column_of(one)).value): words_of(sheet, one)
        for one in sheet.data_validations.dataValidation
        if one.type == "list"
    }


def fill(path: Path, rows: list[dict[str, str]]) -> Path:
    """Write rows below the head of the first sheet, by head."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = {str(cell.value): cell.column or 0 for cell in sheet[1]}
    for at, row in enumerate(rows, 2):
        for head, text in row.items():
            sheet.cell(at, heads[head]).value = text or None
    filled = path.with_name(f"filled-{path.name}")
    book.save(filled)
    return filled


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in SAMPLED])
def test_a_template_filled_in_is_imported(city: City, kind: str) -> None:
    if kind == "licences":
        types = write(city, "licence-types")
        assert city.run("import", "licence-types", fill(types, [examples(types)]))[0] == 0
    path = write(city, kind)
    example = examples(path)
    days = [{"日期": day} for day in YEAR] if kind == "calendar" else [{}]
    filled = fill(path, [example | day for day in days])
    status, told = city.run("import", kind, filled)
    assert status == 0, told
    sheet = load_workbook(filled).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert all(one.prompt and one.error for one in sheet.data_validations.dataValidation)
    assert city.run("import", kind, path)[0] == (1 if kind in {"calendar", "users"} else 0), "empty"


def test_what_the_cells_may_hold_is_bounded(city: City) -> None:
    (materials,) = tables(write(city, "materials"))
    checks = {
        str(materials.cell(1, column_of(one)).value): one
        for one in materials.data_validations.dataValidation
    }
    copies, code, name = checks["份数"], checks["事项编码"], checks["材料名称"]
    assert (copies.type, copies.formula1, copies.formula2) == ("whole", "0", "999")
    assert (code.type, code.operator, name.formula1) == ("textLength", "lessThanOrEqual", "500")
    assert materials.column_dimensions["A"].number_format == "@", "a long code stays whole"
    (calendar,) = tables(write(city, "calendar"))
    day = next(one for one in calendar.data_validations.dataValidation if one.type == "date")
    assert (day.formula1, str(day.sqref)) == ("DATE(1949,10,1)", "A2:A5000")


UNREAD = {
    "items": ("limit.unread",),
    "materials": ("material.necessity_unread", "material.copies_unread", "material.source_unread"),
    "calendar": ("calendar.kind_unknown",),
    "flows": ("flow.act_unknown", "flow.yes_or_no", "flow.rule_unknown", "flow.silence_unknown"),
    "bundles": ("bundle.main_or_not", "bundle.lead_unknown"),
    "licence-types": ("licence_type.department",),
    "users": ("user.role_unknown",),
}
"""What the import says of a word that it does not take."""

NARROWING = {"事项部门", "部门"}
"""With another department the row is about no item, and its other words are not looked at."""


@pytest.mark.parametrize("kind", UNREAD)
def test_every_word_that_is_offered_is_taken(seeded: City, kind: str) -> None:
    path = write(seeded, kind)
    offered = {
        sheet.title: {h: words for h, words in lists_of(sheet).items() if h not in NARROWING}
        for sheet in tables(path)
    }
    assert offered
    path = spread(path, offered)
    assert refused_words(seeded, kind, path) == set()
    strange = {
        title: {head: ["x" for _ in words] for head, words in lists.items()}
        for title, lists in offered.items()
    }
    assert refused_words(seeded, kind, spread(path, strange)) == set(UNREAD[kind]), "it can fail"


def spread(path: Path, offered: dict[str, dict[str, list[str]]]) -> Path:
    """The example in as many rows as the longest list has words, each row with the next ones."""
    book, example = load_workbook(path), examples(path)
    if path.stem in SAMPLED:
        example |= dict.fromkeys(NARROWING, "")
    for title, lists in offered.items():
        sheet = book[title]
        heads = [str(cell.value) for cell in sheet[1]]
        for at in range(max((len(words) for words in lists.values()), default=1)):
            for column, head in enumerate(heads, 1):
                words = lists.get(head) or [example[head]]
                sheet.cell(at + 2, column).value = words[at % len(words)] or None
            if "日期" in heads:
                sheet.cell(at + 2, heads.index("日期") + 1).value = f"2027-01-0{2 + at}"
    book.save(path)
    return path


def refused_words(city: City, kind: str, path: Path) -> set[str]:
    """The codes of those words that an import of this file does not take."""
    city.run("import", kind, path, *(["--preview"] if kind in SAMPLED else []))
    returned = path.with_name(f"{path.stem}-errors.xlsx")
    said = ""
    for found in (path.with_name(f"{path.name}.errors.csv"), returned):
        if found.suffix == ".csv" and found.exists():
            said += found.read_text("utf-8-sig")
        elif found.exists():
            said += str(read_values(found).get_sheet_by_index(0).to_python())
            found.unlink()
    return {code for code in UNREAD[kind] if code in said or plainest(code) in said}


def plainest(code: str) -> str:
    """The longest part of a sentence that has no parameter in it."""
    return max(re.split(r"\(\w+\)", tell(code).what), key=len)
