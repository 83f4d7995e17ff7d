"""The project keeps its shape: names, sizes, what loads what, and no address of any index."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 400
VAGUE_NAMES = {"base2", "common", "helper", "helpers", "manager", "managers", "util", "utils"}
# Spelled in parts, or this file would hold what it forbids.
INDEX_ADDRESS = re.compile(
    r"https?://[^\s\"'<>)]*(?:py" + r"pi\b|python" + r"hosted\b|/sim" + r"ple\b)"
    r"|--(?:extra-)?index" + r"-url[ =]|--find" + r"-links[ =]",
    re.IGNORECASE,
)
LOAD_EVERYTHING = """
import importlib, pkgutil, sys

package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    if not module.name.endswith(".__main__"):
        importlib.import_module(module.name)
for name in sorted({loaded.partition(".")[0] for loaded in sys.modules}):
    sys.stdout.write(name + "\\n")
"""


def project_files() -> list[Path]:
    """The files that are in the project or about to be: what git does not ignore."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout: the project's files cannot be told from others")
    paths = [ROOT / name.decode() for name in listed.stdout.split(b"\0") if name]
    return [path for path in paths if path.is_file()]


def loaded_by(package: str) -> set[str]:
    """The top-level modules in memory once a package is loaded whole, in a fresh interpreter."""
    command = [sys.executable, "-c", LOAD_EVERYTHING, package]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True)
    assert run.returncode == 0, run.stderr
    return set(run.stdout.split())


def test_no_vague_names() -> None:
    paths = [path.relative_to(ROOT) for path in project_files()]
    # A guide bears the name of its role, and there a manager is a person.
    parts = {part for path in paths if path.parts[0] != "docs" for part in path.parts}
    assert not {part for part in parts if part.partition(".")[0] in VAGUE_NAMES}


def test_no_long_files() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in project_files()
        if path.suffix == ".py"
    }
    assert lengths, "no Python file was found"
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE}


def test_types_are_learnt_in_one_place() -> None:
    """Elsewhere two threads may learn one at a time, which ends the process (clerk.decoding)."""
    learning = re.compile(
        r"json\.decode\([^()]*(?:\([^()]*\)[^()]*)*type=|msgspec\.convert\(|\.Decoder\("
    )
    found = {
        str(path.relative_to(ROOT))
        for path in project_files()
        if path.suffix == ".py" and learning.search(path.read_text("utf-8"))
    }
    assert found == {"clerk/decoding.py"}


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [
        ("clerk", {"httpx", "openpyxl", "sqlalchemy", "sqlcipher3", "textual"}),
        ("services", {"central", "screens", "textual"}),
    ],
)
def test_a_package_loads_without(package: str, forbidden: set[str]) -> None:
    loaded = loaded_by(package)
    assert package in loaded
    assert not loaded & forbidden


@pytest.mark.parametrize(
    "text",
    [
        "https://py" + "pi.org/project/x",
        "https://mirror.example/py" + "pi/web/x",
        "http://files.python" + "hosted.org/x.whl",
        "https://packages.example/sim" + "ple/",
        "--index" + "-url https://packages.example",
    ],
)
def test_an_index_address_is_recognised(text: str) -> None:
    assert INDEX_ADDRESS.search(text)


def test_no_file_names_a_package_index() -> None:
    found: list[str] = []
    for path in project_files():
        text = path.read_bytes().decode("utf-8", "replace")
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in INDEX_ADDRESS.finditer(text)]
    assert not found
