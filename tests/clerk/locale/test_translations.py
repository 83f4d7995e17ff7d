"""The Chinese texts are whole: nothing missing, stale, untranslated or pieced together."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeGuard

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from clerk.locale import _n

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("clerk", "storage", "exports", "services", "screens", "central")
PO_FILE = ROOT / "clerk" / "locale" / "zh_CN" / "LC_MESSAGES" / "clerk.po"
KEYWORDS = DEFAULT_KEYWORDS | {"mark": None, "_n": (1, 2), "mark_n": (1, 2)}
MARKS = ("_", "mark", "_n", "mark_n")

PLACEHOLDER = re.compile(r"\{[^{}]*\}|%\(\w+\)[a-z]|%[a-z]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
WIDE_MARK = re.compile(r"[（）：；、，。？！“”]")
HAN = re.compile(r"[\u4e00-\u9fff]")
SENTENCE = re.compile(r"(?<![\w-])[A-Z][a-z]+(?:,? [a-z]+){2,}|(?<![\w-])[A-Z][a-z]+ [a-z]+[.:?!…]")
"""What reads like one of English, and is none of a style, a key or a command."""

TOLD_TO = ("screens/", "services/", "storage/", "clerk/")
"""Whose texts people read; central tells desks codes, and programmers an English of its own."""

TOLD_OTHERWISE = {
    "screens/web.py": "the words of another's page, which ours stand in for",
    "screens/first_run/app.py": "both languages at once, before one is chosen",
    "screens/sounds.py": "labels by which their sounds are looked up",
}

MEASURES_MARKS = frozenset({"screens/intake/cells.py"})
"""It asks how a text ends; it puts none together."""
NAMES = frozenset({"CSV", "Ctrl", "English", "Excel", "JSON", "PDF", "Python", "TOML", "clerk"})
"""Latin words that Chinese keeps, so that a text of these alone may stay as it is."""


COUNTS = (
    "amount|attempts|bundles|cases|copies|count|days|departments|found|given|have|hours|items|left"
    "|length|minutes|more|moved|near|numbers|organisations|originals|papers|people|refused|rows"
    "|same|seconds|versions|waiting|years"
)
"""Placeholders that hold how many there are of something."""
COUNTED = re.compile(rf"\{{(?:{COUNTS})\}} (?:[a-z-]+ ){{0,2}}?(?!is\b|was\b)[a-z]+s\b")
"""How many with a noun of many things behind: wrong of one."""

NEVER_ONE = {
    "clerk/locale/problem_rows/flows.py": "two items of one name, and what a law gives",
    "clerk/locale/problem_rows/identifiers.py": "digits of a number that is no longer valid, ages",
    "clerk/locale/problem_rows/intake.py": "a text too long; the paper's own words, in Chinese",
    "clerk/locale/problem_rows/line.py": "a clock that is wrong by more than the allowance",
    "clerk/locale/problem_rows/store.py": "more than a limit",
    "clerk/rules/supervision/patterns.py": "more than what is usual",
    "services/demo/day.py": "the invented day, which is always the same",
    "screens/intake/forecast.py": "fewer cases are no forecast",
    "screens/intake/lacks.py": "said on paper, which is Chinese",
    "screens/matters/screen.py": "pages of hundreds",
    "screens/words.py": "a text too long",
    "central/catalogue/materials_command.py": "items with the same material",
    "central/imports/account.py": "files long enough for a bar",
    "central/seed/command.py": "an invented city",
}
"""Files with counts that no one thing ever has."""


@cache
def extracted() -> frozenset[str]:
    """The messages of the program, as `make messages` gathers them."""
    found: set[str] = set()
    for package in PACKAGES:
        for _file, _line, message, _comments, _context in extract_from_dir(
            ROOT / package, keywords=KEYWORDS
        ):
            found.update([message] if isinstance(message, str) else message)
    return frozenset(found)


@cache
def translated() -> Catalog:
    with PO_FILE.open("rb") as file:
        return read_po(file, locale="zh_CN", domain="clerk", abort_invalid=True)


@cache
def texts() -> dict[str, str]:
    """Each message with its translation; Chinese has one for one thing and for many."""
    return {
        message: one.string[0] if isinstance(one.string, tuple) else str(one.string)
        for one in translated()
        if one.id
        for message in ([one.id] if isinstance(one.id, str) else one.id)
    }


@cache
def trees() -> dict[str, ast.Module]:
    """Each source file, parsed."""
    files = [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]
    return {str(file.relative_to(ROOT)): ast.parse(file.read_bytes()) for file in files}


@cache
def nodes_of(tree: ast.Module) -> tuple[ast.AST, ...]:
    """All that a source file consists of, gone through once for all questions."""
    return tuple(ast.walk(tree))


def is_call(node: ast.AST, *names: str) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


def calls_of(tree: ast.Module, *names: str) -> Iterator[ast.Call]:
    for node in nodes_of(tree):
        if is_call(node, *names):
            yield node


def marked_literals() -> dict[str, str]:
    """Every literal that is translated or marked, wherever it stands, with its place."""
    return {
        argument.value: f"{file}:{call.lineno}"
        for file, tree in trees().items()
        for call in calls_of(tree, *MARKS)
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def is_pieced(argument: ast.expr) -> bool:
    """A text put together before it is looked up, which no translation can know."""
    formatted = (
        isinstance(argument, ast.Call)
        and isinstance(argument.func, ast.Attribute)
        and argument.func.attr in {"format", "format_map", "join", "replace"}
    )
    return formatted or isinstance(argument, ast.JoinedStr | ast.BinOp)


def parts_of(node: ast.expr) -> Iterator[ast.expr]:
    """The pieces that are put side by side, in a sum or in an f-string."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield from parts_of(node.left)
        yield from parts_of(node.right)
    elif isinstance(node, ast.JoinedStr):
        for value in node.values:
            yield value.value if isinstance(value, ast.FormattedValue) else value
    else:
        yield node


def is_words(part: ast.expr) -> bool:
    """Whether a piece is a translation, filled in or not, or a literal with words of its own."""
    if isinstance(part, ast.Constant):
        return isinstance(part.value, str) and any(one.isalpha() for one in part.value)
    if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
        part = part.func.value
    return is_call(part, "_", "_n")


def is_patched(node: ast.AST) -> bool:
    """Words beside words: their order is the grammar of one language."""
    if not isinstance(node, ast.BinOp | ast.JoinedStr):
        return False
    parts = list(parts_of(node))
    translations = [one for one in parts if not isinstance(one, ast.Constant) and is_words(one)]
    return bool(translations) and sum(map(is_words, parts)) > 1


def test_every_message_is_translated() -> None:
    missing = sorted(message for message in extracted() if not texts().get(message))
    assert not missing, "make messages, then translate what is new"


def told_of_many(tree: ast.Module) -> Iterator[str]:
    """Texts of one wording for any count, as English has for many alone."""
    for call in calls_of(tree, "_", "mark"):
        for one in call.args:
            if isinstance(one, ast.Constant) and COUNTED.search(str(one.value)):
                yield str(one.value)


def test_what_is_counted_has_a_wording_for_one() -> None:
    found = {file: texts for file, tree in trees().items() if (texts := [*told_of_many(tree)])}
    assert found.keys() ^ NEVER_ONE.keys() == set(), "_n() or mark_n()"
    assert _n("{count} case", "{count} cases", 1) == "{count} case"


@pytest.mark.parametrize(
    ("source", "refused"),
    [
        ('_("{count} cases are closed.")', True),
        ('mark("Extended by {days} working days")', True),
        ('_n("{count} case", "{count} cases", 1)', False),
        ('_("Cases closed: {count}.")', False),
        ('_("{name} {count} is undone")', False),
    ],
)
def test_counts_of_many_are_told_from_others(source: str, *, refused: bool) -> None:
    assert any(told_of_many(ast.parse(source))) is refused


def test_nothing_is_guessed_or_left_over() -> None:
    assert not [one.id for one in translated() if one.fuzzy and one.id]
    assert not list(translated().obsolete)
    assert not sorted(texts().keys() - extracted())


def test_placeholders_are_the_same() -> None:
    differing = [
        message
        for message, text in texts().items()
        if set(PLACEHOLDER.findall(message)) != set(PLACEHOLDER.findall(text))
    ]
    assert not differing


def test_outer_blanks_are_the_same() -> None:
    def blanks(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert not [message for message, text in texts().items() if blanks(message) != blanks(text)]


def test_nothing_stays_english() -> None:
    same = [
        message
        for message, text in texts().items()
        if text == message and set(LATIN_WORD.findall(PLACEHOLDER.sub("", text))) - NAMES
    ]
    assert not same


def test_babel_sees_every_literal() -> None:
    """Before Python 3.12 it sees none that stands within an f-string."""
    unseen = {text: place for text, place in marked_literals().items() if text not in extracted()}
    assert not unseen, "take the text out of the f-string"


def test_no_text_is_pieced_before_it_is_looked_up() -> None:
    pieced = [
        f"{file}:{call.lineno}"
        for file, tree in trees().items()
        for call in calls_of(tree, *MARKS)
        if any(map(is_pieced, call.args))
    ]
    assert not pieced, "a placeholder in one literal, filled in after it was translated"


def found_outside_texts(tree: ast.AST, *within: type[ast.AST]) -> Iterator[ast.AST]:
    """What is neither a text of the catalogue nor a docstring, nor lies within one of these."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if not is_docstring and not isinstance(node, within) and not is_call(node, *MARKS):
            yield node
            waiting.extend(ast.iter_child_nodes(node))


def unmarked(tree: ast.AST) -> Iterator[str]:
    """The texts that read like sentences, and that no translation will ever be looked up for."""
    for node in found_outside_texts(tree, ast.Assert, ast.Raise):
        if isinstance(node, ast.Constant | ast.JoinedStr):
            parts = node.values if isinstance(node, ast.JoinedStr) else [node]
            told = "".join(
                str(one.value) if isinstance(one, ast.Constant) else "x" for one in parts
            )
            if SENTENCE.search(told):
                yield told


def test_no_sentence_is_told_without_a_translation() -> None:
    found = {
        (file, told)
        for file, tree in trees().items()
        if file.startswith(TOLD_TO) and file not in TOLD_OTHERWISE
        for told in unmarked(tree)
    }
    assert not found, "_() or mark()"


@pytest.mark.parametrize(
    ("source", "refused"),
    [
        ('say("Nothing is ready here.")', True),
        ('say(f"Taken in by {name} just now.")', True),
        ('Label("Case closed.")', True),
        ('say(_("Nothing is ready here."))', False),
        ('raise TypeError("Nothing is ready here.")', False),
        ('Static(classes="dialog wide told")', False),
        ('Binding("f2", "walk_in", "x")', False),
    ],
)
def test_unmarked_sentences_are_told_from_other_texts(source: str, *, refused: bool) -> None:
    assert any(unmarked(ast.parse(source))) is refused


def test_only_literals_are_marked() -> None:
    unmarked = [
        f"{file}:{call.lineno}"
        for file, tree in trees().items()
        for call in calls_of(tree, "mark")
        if len(call.args) != 1 or not isinstance(call.args[0], ast.Constant)
    ]
    assert not unmarked


def test_no_sentence_is_patched_together() -> None:
    patched = [
        f"{file}:{node.lineno}"
        for file, tree in trees().items()
        for node in nodes_of(tree)
        if isinstance(node, ast.BinOp | ast.JoinedStr) and is_patched(node)
    ]
    assert not patched, "one sentence with placeholders"


def is_of_one_language(node: ast.AST) -> bool:
    """Marks between names and words that are those of one language, whichever is spoken."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return bool(WIDE_MARK.search(node.value)) and not HAN.search(node.value)
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    between = node.func.value if node.func.attr == "join" else None
    return isinstance(between, ast.Constant) and between.value in {", ", "; "}


def test_names_in_a_row_have_the_marks_of_the_language_spoken() -> None:
    found = {
        f"{file}:{getattr(node, 'lineno', 0)}"
        for file, tree in trees().items()
        if file.startswith(("screens/", "services/demo/")) and file not in MEASURES_MARKS
        for node in found_outside_texts(tree)
        if is_of_one_language(node)
    }
    assert not sorted(found), "clerk.locale.punctuation knows the marks of both languages"


@pytest.mark.parametrize(
    ("source", "refused"),
    [
        ('"、".join(names)', True),
        ('", ".join(names)', True),
        ('f"{name}（{role}）"', True),
        ('_("{name}（{role}）")', False),
        ('" · ".join(names)', False),
        ('"同意。"', False),
    ],
)
def test_marks_of_one_language_are_told_from_texts(source: str, *, refused: bool) -> None:
    tree = ast.parse(source, mode="eval").body
    assert any(map(is_of_one_language, found_outside_texts(tree))) is refused


@pytest.mark.parametrize(
    ("source", "refused"),
    [
        ('_("a") + _("b")', True),
        ('_("{n} a").format(n=1) + " and more"', True),
        ('f\'{_("a")} {_("b")}\'', True),
        ('_("a") + " · " + number', False),
        ("f'{_(\"a\")} {number}'", False),
        ('"· " + _("a")', False),
    ],
)
def test_patches_are_told_from_marks(source: str, *, refused: bool) -> None:
    assert is_patched(ast.parse(source, mode="eval").body) is refused


@pytest.mark.parametrize(
    ("source", "refused"),
    [
        ("_(f'{n} a')", True),
        ('_("a" + b)', True),
        ('_("{n} a".format(n=1))', True),
        ('_("a" "b")', False),
        ("_(WORDS[value])", False),
        ("_(one.title)", False),
    ],
)
def test_pieces_are_told_from_texts(source: str, *, refused: bool) -> None:
    (call,) = calls_of(ast.parse(source), "_")
    assert is_pieced(call.args[0]) is refused
