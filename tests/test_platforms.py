"""Windows Terminal is a target: nothing that only POSIX has is used without asking first."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DESK = ("clerk", "storage", "exports", "services", "screens")
AT_A_SEAT = (*DESK, "central")
"""Central runs on servers, but a practice and the demo city begin one wherever a clerk sits."""

MODULES = {"fcntl", "grp", "pwd", "pty", "resource", "termios", "tty", "uvloop"}
NAMES = {
    "os": {"fork", "forkpty", "getuid", "geteuid", "getgid", "kill", "killpg", "setsid", "mkfifo"}
    | {"chown", "getpgid", "nice", "openpty", "O_NOFOLLOW", "O_DIRECTORY", "O_CLOEXEC", "sync"},
    "signal": {"SIGHUP", "SIGKILL", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGWINCH", "alarm", "pause"},
    "select": {"poll", "epoll"},
    "socket": {"AF_UNIX", "SO_REUSEPORT"},
}
FOLDERS = ("/tmp", "/var/", "/etc/", "/home/", "/dev/", "/usr/", "~/.")  # noqa: S108 - looked for


def is_asking(test: ast.expr) -> bool:
    """Whether a condition asks for the platform, or whether the thing is there."""
    return any(word in ast.unparse(test) for word in ("platform", "os.name", "hasattr"))


def leaves(body: list[ast.stmt]) -> bool:
    return isinstance(body[-1], ast.Return | ast.Raise | ast.Continue)


def unguarded(node: ast.AST) -> Iterator[ast.AST]:
    """What is reached on every platform: not behind a question, nor after one that leaves."""
    yield node
    for _field, value in ast.iter_fields(node):
        children = value if isinstance(value, list) else [value]
        for child in children:
            if not isinstance(child, ast.AST):
                continue
            if isinstance(child, ast.If | ast.IfExp) and is_asking(child.test):
                if isinstance(child, ast.If) and leaves(child.body):
                    break
                continue
            yield from unguarded(child)


def posix_only(tree: ast.Module) -> Iterator[str]:
    for node in unguarded(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            named = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            named += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            yield from (f"{node.lineno}: {one}" for one in named if one.split(".")[0] in MODULES)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.attr in NAMES.get(node.value.id, ()):
                yield f"{node.lineno}: {node.value.id}.{node.attr}"
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node.value.startswith(FOLDERS)
        ):
            yield f"{node.lineno}: {node.value}"


def test_a_seat_uses_nothing_that_only_posix_has() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{one}"
        for package in AT_A_SEAT
        for path in sorted((ROOT / package).rglob("*.py"))
        for one in posix_only(ast.parse(path.read_bytes()))
    ]
    assert not found


def test_folders_are_the_platforms() -> None:
    """Every folder of a desk comes from platformdirs, or from what the environment names."""
    source = (ROOT / "services" / "profile.py").read_text("utf-8")
    others = [
        str(path.relative_to(ROOT))
        for package in DESK
        for path in (ROOT / package).rglob("*.py")
        if "Path.home(" in path.read_text("utf-8") or "expandvars" in path.read_text("utf-8")
    ]
    assert "platformdirs" in source
    assert not others


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("import fcntl", 1),
        ("import os\nos.kill(1, 9)", 1),
        ("import sys\nif sys.platform != 'win32':\n    import fcntl", 0),
        ("def f():\n    if sys.platform == 'win32':\n        return\n    os.kill(1, 9)", 0),
        ("def f():\n    os.kill(1, 9)\n    if sys.platform == 'win32':\n        return", 1),
        ("path = '/tmp/x'", 1),
    ],
)
def test_what_is_asked_first_is_told_from_what_is_not(source: str, count: int) -> None:
    assert len(list(posix_only(ast.parse(source)))) == count
