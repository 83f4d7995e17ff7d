"""The help of every command, in one language each: argparse's own words too."""

from __future__ import annotations

import argparse
import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from clerk.contract.user import Role
from clerk.locale import use_language
from clerk.locale.argparse_words import ARGPARSE_WORDS

ROOT = Path(__file__).resolve().parents[3]
PROGRAMS = {"clerk": 6, "central": 10}
"""Each program with the fewest commands that it has, itself included."""

TELL_ALL_HELP = """
import importlib, sys

from clerk.locale.choice import speak_as_asked

program, *asked = sys.argv[1:]
speak_as_asked(asked)
parser = importlib.import_module(program + ".__main__")._parser()

def paths(parser, path):
    yield path
    for action in parser._actions:
        if hasattr(action.choices, "items"):
            for name, below in action.choices.items():
                yield from paths(below, (*path, name))

for path in paths(parser, ()):
    try:
        parser.parse_args([*asked, *path, "--help"])
    except SystemExit as left:
        assert left.code == 0, path
    sys.stdout.write("\\f")
"""

ARGPARSE = Path(argparse.__file__)
NEWER_WORDS = {
    " (default: %(default)s)",
    "%(heading)s:",
    "%(prog)s: warning: %(message)s\n",
    "argument '%(argument_name)s' is deprecated",
    "command '%(parser_name)s' is deprecated",
    "invalid choice: %(value)r, maybe you meant %(suggestion)r? (choose from %(choices)s)",
    "option '%(option)s' is deprecated",
    "show program's version number and exit",
}
"""What argparse looks up since a Python later than 3.11."""

CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
NOT_A_SENTENCE = re.compile(
    r"^\S+: (?:clerk|clerk-central) .*?\n\n"  # the line of usage
    r"|\{[^}]*\}|--?[a-z][a-z-]*|\S+://\S*|\b[A-Z][A-Z_]*\b|\bclerk\b|\bExcel\b",
    re.DOTALL,
)
ROLE_NAMES = re.compile(rf"\b(?:{'|'.join(Role)})\b")
LATIN_SENTENCE = re.compile(r"[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}")


def run(*command: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={"PATH": "", "COLUMNS": "80", **surroundings},
    )


def all_help(program: str, language: str, **surroundings: str) -> list[str]:
    """The help of a program and of each of its commands."""
    told = run("-c", TELL_ALL_HELP, program, "--language", language, **surroundings)
    assert told.returncode == 0, told.stderr
    pages = told.stdout.split("\f")[:-1]
    assert len(pages) >= PROGRAMS[program]
    return pages


@pytest.mark.parametrize("program", PROGRAMS)
def test_chinese_help_is_chinese_throughout(program: str) -> None:
    for page in all_help(program, "zh_CN", LANGUAGE="en", LC_ALL="C"):
        assert page.startswith("用法: clerk")
        assert "\n选项" in page
        left = ROLE_NAMES.sub(" ; ", NOT_A_SENTENCE.sub(" ; ", page))
        assert CHINESE.search(left), page
        assert not LATIN_SENTENCE.findall(left)


@pytest.mark.parametrize("program", PROGRAMS)
def test_english_help_is_english_throughout(program: str) -> None:
    for page in all_help(program, "en", LANGUAGE="zh_CN", CLERK_LANGUAGE="zh_CN"):
        assert page.startswith("usage: clerk")
        assert "\noptions" in page
        assert not CHINESE.findall(page)


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_first_language_is_chinese_unless_the_environment_says_otherwise(program: str) -> None:
    assert run("-m", program, "--help").stdout.startswith("用法")
    assert run("-m", program, "--help", CLERK_LANGUAGE="en").stdout.startswith("usage")
    chosen = run("-m", program, "--language=zh_CN", "--help", CLERK_LANGUAGE="en")
    assert chosen.stdout.startswith("用法")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("clerk", "enroll"), "clerk enroll：错误：缺少参数：--central, --code"),
        (("clerk", "lunch"), "不在可选范围"),
        (("clerk", "sync", "now"), "clerk：错误：不认识的参数：now"),
        (("clerk", "--profile"), "须有一个值"),
        (("central", "serve", "--port", "soon"), "'soon' 不是有效的 int 值"),
        (("central", "enrol-code"), "以下参数须选一个：--window --department"),
    ],
)
def test_mistakes_on_the_command_line_are_told_in_chinese(
    arguments: tuple[str, ...], told: str
) -> None:
    refused = run("-m", *arguments)
    assert refused.returncode == 2
    assert told in refused.stderr


def test_argparse_says_what_is_translated() -> None:
    """A mistyped word would never be found."""
    said = {
        ast.literal_eval(node.args[0])
        for node in ast.walk(ast.parse(ARGPARSE.read_bytes()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"
        if isinstance(node.args[0], ast.Constant)
    }
    assert set(ARGPARSE_WORDS) - NEWER_WORDS <= said


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_heading_of_the_commands_stands_once(program: str) -> None:
    main = importlib.import_module(f"{program}.__main__")
    use_language("zh_CN")
    lines = [one.strip() for one in main._parser().format_help().splitlines()]
    assert lines.count("命令:") == 1
    assert "命令" not in lines
