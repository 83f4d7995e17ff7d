"""No code without its sentences, and no sentences without a code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest

from clerk.errors import in_one
from clerk.locale import get_translation, in_a_row, listed
from clerk.locale.problem_rows.bundles import BUNDLES
from clerk.locale.problem_rows.cases import CASES
from clerk.locale.problem_rows.corrections import CORRECTIONS
from clerk.locale.problem_rows.custody import CUSTODY
from clerk.locale.problem_rows.files import FILES
from clerk.locale.problem_rows.flows import FLOWS
from clerk.locale.problem_rows.identifiers import IDENTIFIERS
from clerk.locale.problem_rows.intake import INTAKE
from clerk.locale.problem_rows.journal import JOURNAL
from clerk.locale.problem_rows.licences import LICENCES
from clerk.locale.problem_rows.line import LINE
from clerk.locale.problem_rows.losses import LOSSES
from clerk.locale.problem_rows.matters import MATTERS
from clerk.locale.problem_rows.packages import PACKAGES as OF_PACKAGES
from clerk.locale.problem_rows.proposals import PROPOSALS
from clerk.locale.problem_rows.ratings import RATINGS
from clerk.locale.problem_rows.registers import REGISTERS
from clerk.locale.problem_rows.rows import ROWS
from clerk.locale.problem_rows.scans import SCANS
from clerk.locale.problem_rows.schedules import SCHEDULES
from clerk.locale.problem_rows.store import STORE
from clerk.locale.problem_rows.supervision import SUPERVISION
from clerk.locale.problem_rows.templates import TEMPLATES
from clerk.locale.problem_table import PROBLEMS
from clerk.locale.problems import tell
from clerk.rules.identifiers.problem import ProblemCode

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("clerk", "storage", "exports", "services", "screens", "central")
TABLES = (
    *(CASES, BUNDLES, FLOWS, INTAKE, LINE, STORE, FILES, ROWS, IDENTIFIERS, SCANS),
    *(MATTERS, SCHEDULES, LOSSES),
    *(PROPOSALS, SUPERVISION, CORRECTIONS, CUSTODY, JOURNAL, OF_PACKAGES, LICENCES, REGISTERS),
    RATINGS,
    TEMPLATES,
)

CODE = re.compile(r"[a-z_]+\.[a-z_-]+")
MAKERS = {
    "ClerkError",
    "Complaint",
    "Fault",
    "FlowFault",
    "InputError",
    "Refusal",
    "RefusedError",
    "RowNote",
    "StoreError",
    "UnreachableError",
    "_wrong",
    "refuse",
    "warn",
}
"""What a code is handed to when a problem is told."""

COMPOSED = {
    "desk.": ("desk.quarantined", "desk.upgrade", "desk.newer_than_central"),
    "item.": ("item.name_empty", "item.department_empty"),
    "limit.": ("limit.waits", "limit.ambiguous"),
}
"""Codes that are put together where they are raised, by what they begin with."""


def sources() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if not name.startswith("clerk/locale/"):
                yield name, ast.parse(path.read_text("utf-8"))


def constants_of(tree: ast.Module) -> dict[str, ast.expr]:
    """What the names of a module's own constants stand for."""
    found: dict[str, ast.expr] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = node.value
    return found


def local_codes(tree: ast.Module, name: str) -> Iterator[str]:
    """The codes that a name of a function is given, as `code = "a.b" if x else "a.c"`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            for part in ast.walk(node.value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def codes_in(node: ast.expr, tree: ast.Module) -> Iterator[str]:
    """The codes that an expression can be."""
    if isinstance(node, ast.Name):
        value = constants_of(tree).get(node.id)
        if value is not None:
            yield from codes_in(value, tree)
        else:
            yield from local_codes(tree, node.id)
    elif isinstance(node, ast.IfExp):
        yield from codes_in(node.body, tree)
        yield from codes_in(node.orelse, tree)
    elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        yield from COMPOSED.get(str(node.values[0].value), ())
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from codes_in(value, tree)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def told_by(tree: ast.Module) -> Iterator[str]:
    """Every code that a module makes a problem of."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        maker = ast.unparse(node.func).rpartition(".")[2]
        if maker in MAKERS:
            given = [*node.args, *(one.value for one in node.keywords if one.arg == "code")]
            for argument in given:
                yield from (code for code in codes_in(argument, tree) if CODE.fullmatch(code))


class Said(NamedTuple):
    told: dict[str, set[str]]
    literals: set[str]


@cache
def said() -> Said:
    """The codes that are told, by module, and every string that may be one, wherever it stands."""
    said = Said({}, set())
    for name, tree in sources():
        for code in told_by(tree):
            said.told.setdefault(code, set()).add(name)
        said.literals.update(
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )
    return said


def test_the_search_finds_what_is_known_to_be_told() -> None:
    told = said().told
    for code in ("claim.lost", "line.down", "store.in_use", "value.rounded", "desk.unexpected"):
        assert code in told
    assert len(told) > 150


def test_every_code_that_is_told_has_its_row() -> None:
    lacking = {code: sorted(names) for code, names in said().told.items() if code not in PROBLEMS}
    assert not lacking


def test_every_identifier_problem_has_its_row() -> None:
    assert {code.value for code in ProblemCode} <= PROBLEMS.keys()


def test_every_row_is_told_by_somebody() -> None:
    composed = {code for codes in COMPOSED.values() for code in codes}
    known = said().literals | composed
    assert not PROBLEMS.keys() - known


def test_no_code_stands_in_two_tables() -> None:
    assert sum(len(table) for table in TABLES) == len(PROBLEMS)


def test_each_row_says_what_happened() -> None:
    assert not [code for code, (what, _safe, _remedy) in PROBLEMS.items() if not what]


def test_each_row_has_whole_sentences() -> None:
    sentences = [(code, one) for code, row in PROBLEMS.items() for one in row if one]
    assert not [told for told in sentences if not told[1].endswith((".", "?", "}"))]


def test_placeholders_have_names() -> None:
    nameless = [
        (code, sentence)
        for code, row in PROBLEMS.items()
        for sentence in row
        for _text, name, _spec, _conversion in Formatter().parse(sentence)
        if name is not None and not name.isidentifier()
    ]
    assert not nameless


def test_names_stand_apart_as_each_language_has_it() -> None:
    """A rule names them; what stands between two of them is no part of any name."""
    names = in_one(["营业执照、副本", "身份证"])
    told = {"count": 2, "names": names}
    assert "营业执照、副本, 身份证" in tell("case.materials_missing", told, lambda text: text).what
    chinese = get_translation("zh_CN").gettext
    assert "营业执照、副本、身份证" in tell("case.materials_missing", told, chinese).what


def test_a_step_of_another_department_is_not_told_as_ones_own() -> None:
    """Who countersigns is no reviewer of the department that leads."""
    told = {"step": "联合验收", "role": "审核人", "department": "housing"}
    what = tell("step.not_yours", told, get_translation("zh_CN").gettext).what
    assert "本部门" not in what


def test_a_code_without_a_row_is_named_as_it_is() -> None:
    assert "no.such_code" in tell("no.such_code").what


def test_a_missing_parameter_is_no_crash() -> None:
    assert "(number)" in tell("claim.none").what


@pytest.mark.parametrize(
    ("sentences", "row"),
    [
        (("One.", "", "Two."), "One. Two."),
        (("一。", "二。"), "一。二。"),
        (("第一，", "Ctrl+R"), "第一，Ctrl+R"),
        (("", "一"), "一"),
    ],
)
def test_sentences_stand_in_a_row_as_each_language_has_it(
    sentences: tuple[str, ...], row: str
) -> None:
    assert in_a_row(*sentences) == row


@pytest.mark.parametrize(
    ("names", "chinese", "english"),
    [
        (["甲证", "乙证"], "甲证、乙证", "甲证, 乙证"),
        (["申领、换领", "乙证"], "申领、换领；乙证", "申领、换领, 乙证"),
        (["one, two", "three"], "one, two、three", "one, two; three"),
    ],
)
def test_names_are_set_apart_as_each_language_does(
    names: list[str], chinese: str, english: str
) -> None:
    assert listed(names, "zh_CN") == chinese
    assert listed(names, "en") == english
