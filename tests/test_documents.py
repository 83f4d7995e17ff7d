"""The documents keep to the program: commands, keys, links, pictures, and the tests they cite."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import central.__main__ as central_program
import clerk.__main__ as clerk_program
from central.metrics import _HELP as METRICS
from clerk.contract.command import AnyCommand
from clerk.locale import _, use_language
from screens.keymap import VERBS, name_key
from services.queues import COUNTER_QUEUES, DEPARTMENT_QUEUES, Queue
from tests.test_structure import INDEX_ADDRESS, ROOT, project_files

DOCS = ROOT / "docs"
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
GUIDES = sorted(path for path in (DOCS / "guide").glob("*.md") if ".zh-CN" not in path.name)
PACKAGES = ("central", "clerk", "exports", "screens", "services", "storage")
KNOWN_HOSTS = {
    *("127.0.0.1", "central.example", "video.example"),
    *("keepachangelog.com", "semver.org", "www.w3.org"),
}
"""Hosts that a document may name: examples, and two conventions that it follows."""

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`]+)`")
_FENCED = re.compile(r"```\n(.*?)```", re.DOTALL)
_CITED = re.compile(r"`([\w./]+\.\w+)::(\w+)`")
_PATH = re.compile(r"`((?:central|clerk|exports|screens|services|storage|tests)/[\w./]*\.\w+)`")
_TARGET = re.compile(r"^([a-z][a-z0-9-]*):", re.MULTILINE)
_HOST = re.compile(r"https?://([\w.-]+)")
_MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|tmp|home)/")
_KEY = re.compile(r"\*\*(F\d+|Ctrl\+[A-Z↓])\*\*")
_ACTION = re.compile(r"""(?:action=|_note\([^"]*)"([a-z]+\.[a-z_]+)\"""")
_VARIABLE = re.compile(r'"(CLERK_[A-Z]+(?:_[A-Z]+)*)"')


def read(path: Path) -> str:
    return path.read_text("utf-8")


def documents() -> list[Path]:
    return [path for path in project_files() if path.suffix == ".md"]


def commands_of(
    parser: argparse.ArgumentParser, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """A parser with all those of its commands, by the words that lead there."""
    yield words, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, one in action.choices.items():
                yield from commands_of(one, (*words, name))


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    return {
        option
        for action in parser._actions
        for option in action.option_strings
        if option.startswith("--")
    }


def section_of(text: str, program: str, words: tuple[str, ...]) -> str:
    """What commands.md says on a command's options: from the line that names it to the next."""
    if not words:
        return text.partition("## Before the command")[2].partition("\n## ")[0]
    _, _, after = text.partition(f"\n`{program} {words[0]}`")
    return re.split(r"\n(?:`clerk|## )", after)[0]


@pytest.mark.parametrize(
    ("program", "parser"),
    [("clerk", clerk_program._parser()), ("clerk-central", central_program._parser())],
)
def test_every_command_and_option_is_told(program: str, parser: argparse.ArgumentParser) -> None:
    text = read(DOCS / "commands.md")
    untold = []
    for words, one in commands_of(parser):
        if words and f"`{words[-1]}" not in text and f"{' '.join(words)}" not in text:
            untold.append(" ".join((program, *words)))
        section = section_of(text, program, words)
        untold += [
            " ".join((program, *words, option))
            for option in options_of(one) - {"--help"}
            if f"`{option}" not in section
        ]
    assert not untold


def test_no_option_is_told_that_is_none() -> None:
    parsers = (clerk_program._parser(), central_program._parser())
    known = {option for top in parsers for _, one in commands_of(top) for option in options_of(one)}
    assert set(re.findall(r"`(--[a-z-]+)", read(DOCS / "commands.md"))) <= known


def test_every_variable_is_told() -> None:
    text = read(DOCS / "commands.md")
    sources = [path for name in PACKAGES for path in (ROOT / name).rglob("*.py")]
    named = {variable for path in sources for variable in _VARIABLE.findall(read(path))}
    assert named
    assert not {variable for variable in named if f"`{variable}`" not in text}


def test_every_metric_is_told() -> None:
    assert not {name for name in METRICS if f"`{name}`" not in read(DOCS / "runbook.md")}


def test_auditors_know_every_action() -> None:
    told = read(DOCS / "guide" / "auditor.md")
    sources = [read(path) for path in (ROOT / "central").rglob("*.py")]
    named = {action for text in sources for action in _ACTION.findall(text)}
    commands = {kind.__struct_config__.tag for kind in AnyCommand.__args__}
    assert named
    assert not {action for action in named | commands if f"`{action}`" not in told}


def test_links_lead_somewhere() -> None:
    dead = []
    for path in documents():
        for link in _LINK.findall(read(path)):
            target = link.partition("#")[0]
            if target and "://" not in target and not (path.parent / target).exists():
                dead.append(f"{path.relative_to(ROOT)}: {link}")
    assert not dead


def test_what_is_cited_is_there() -> None:
    gone = []
    for path in documents():
        text = read(path)
        for name, function in _CITED.findall(text):
            cited = ROOT / name
            if not (cited.exists() and re.search(rf"def {function}\b", read(cited))):
                gone.append(f"{path.relative_to(ROOT)}: {name}::{function}")
        gone += [
            f"{path.name}: {name}" for name in _PATH.findall(text) if not (ROOT / name).exists()
        ]
    assert not gone


def test_every_make_target_is_told() -> None:
    told = read(ROOT / "README.md") + read(ROOT / "CONTRIBUTING.md")
    targets = _TARGET.findall(read(ROOT / "Makefile"))
    assert "run" in targets
    assert not {target for target in targets if f"`make {target}`" not in told}


def test_both_readmes_tell_the_same() -> None:
    english, chinese = (read(path) for path in READMES)
    assert _PICTURE.findall(english) == _PICTURE.findall(chinese)
    assert _FENCED.findall(english) == _FENCED.findall(chinese)
    spans = [set(_CODE.findall(_FENCED.sub("", text))) for text in (english, chinese)]
    assert spans[0] == spans[1]


def test_all_pictures_are_shown() -> None:
    shown = {(ROOT / picture).resolve() for picture in _PICTURE.findall(read(READMES[0]))}
    assert shown == {one for one in (DOCS / "pictures").iterdir() if one.is_file()}
    for guide in ("forms.md", "forms.zh-CN.md"):
        forms = {one.rpartition("/")[2] for one in _PICTURE.findall(read(DOCS / "guide" / guide))}
        assert forms == {one.name for one in (DOCS / "pictures" / "forms").iterdir()}


def test_pictures_are_small_and_fetch_nothing() -> None:
    for path in (DOCS / "pictures").iterdir():
        assert path.stat().st_size < 150_000, path.name
        if path.suffix == ".svg":
            assert set(_HOST.findall(read(path))) == {"www.w3.org"}, path.name


def test_a_recording_plays_and_shows_a_receipt() -> None:
    for path in (DOCS / "recordings").iterdir():
        head, *events = map(json.loads, read(path).splitlines())
        assert head["version"] == 2
        times = [at for at, _kind, _text in events]
        assert times == sorted(times)
        shown = "".join(text for _at, _kind, text in events)
        assert "收件回执" in shown
        assert not _MACHINE_PATH.search(shown)


def test_documents_name_no_machine_and_no_index() -> None:
    found = []
    for path in [*documents(), *(DOCS / "pictures").glob("*.svg")]:
        text = read(path)
        found += [f"{path.name}: {host}" for host in set(_HOST.findall(text)) - KNOWN_HOSTS]
        found += [f"{path.name}: {match[0]}" for match in _MACHINE_PATH.finditer(text)]
        found += [f"{path.name}: {match[0]}" for match in INDEX_ADDRESS.finditer(text)]
    assert not found


@pytest.mark.parametrize(
    ("guide", "queues"), [("counter", COUNTER_QUEUES), ("approver", DEPARTMENT_QUEUES)]
)
def test_a_guide_names_the_lists_as_the_screen_does(guide: str, queues: tuple[Queue, ...]) -> None:
    told = read(DOCS / "guide" / f"{guide}.zh-CN.md").replace("\n", "").replace(" ", "")
    use_language("zh_CN")
    titles = {_(queue.title).replace(" ", "") for queue in queues if not queue.to_approve}
    assert not {title for title in titles if title.partition("（")[0] not in told}


def test_a_role_has_one_chinese_name() -> None:
    """The program says 主管 and 负责人; 主任 and 局长 would be others."""
    chinese = [*DOCS.rglob("*.zh-CN.md"), READMES[1], *ROOT.glob("clerk/locale/*/*/clerk.po")]
    assert not [path.name for path in chinese if re.search("主任|局长", read(path))]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_a_guide_tells_the_real_keys_in_both_languages(guide: Path) -> None:
    english, chinese = read(guide), read(guide.with_suffix(".zh-CN.md"))
    known = {name_key(verb.key) for verb in VERBS.values()} | {"Ctrl+P"}
    assert set(_KEY.findall(english)) <= known
    assert set(_KEY.findall(english)) == set(_KEY.findall(chinese))
    assert _FENCED.findall(english) == _FENCED.findall(chinese)
