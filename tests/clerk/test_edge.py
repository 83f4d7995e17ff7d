"""Whatever ends a command is told in words: a full disk, a closed pipe, a folder that is none."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from clerk.edge import PIPE_CLOSED, run_command
from clerk.locale import use_language
from clerk.locale.problems import tell

FULL = Path("/dev/full")


def run(
    tmp_path: Path, program: str, *arguments: str, out: int = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    """A command in a home of its own, without a terminal."""
    folders = {name: str(tmp_path / name) for name in ("HOME", "CLERK_DATA_DIR")}
    return subprocess.run(
        [sys.executable, "-m", program, *arguments],
        env={"PATH": os.environ["PATH"], "LANG": "C", **folders},
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
@pytest.mark.parametrize(
    ("program", "argument"), [("central", "openapi"), ("central", "--help"), ("clerk", "--help")]
)
def test_a_full_disk_is_told(tmp_path: Path, program: str, argument: str) -> None:
    with FULL.open("w") as full:
        done = run(tmp_path, f"{program}.__main__", argument, out=full.fileno())
    assert done.returncode == 1
    assert "磁盘空间不足" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("program", ["central", "clerk"])
def test_a_closed_pipe_ends_it_quietly(tmp_path: Path, program: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = run(tmp_path, f"{program}.__main__", "--help", out=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (PIPE_CLOSED, "")


def test_papers_cannot_be_left_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    done = run(tmp_path, "clerk", "demo", "--story", "--out", str(file / "out"))
    assert done.returncode == 1
    assert f"系统拒绝读写{file / 'out'}：不是文件夹。" in done.stderr


@pytest.mark.parametrize("command", ["sync", "doctor"])
def test_a_desk_that_is_not_enrolled_says_so_and_leaves_nothing(
    tmp_path: Path, command: str
) -> None:
    use_language("zh_CN")
    done = run(tmp_path, "clerk", command)
    assert (done.returncode, done.stderr) == (1, f"clerk: {tell('desk.not_enrolled')}\n")
    assert not list((tmp_path / "CLERK_DATA_DIR").rglob("*.db"))


def test_what_nobody_knows_is_told_without_what_it_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    use_language("en")

    def fail() -> int:
        return {"one": 1}["a name that may be somebody's"]

    assert run_command("clerk", fail) == 1
    told = capsys.readouterr().err
    assert "it does not know (KeyError, clerk/edge.py:" in told
    assert "somebody" not in told
    assert "Traceback" not in told


def test_a_port_that_is_taken_or_none_is_named(tmp_path: Path) -> None:
    assert run(tmp_path, "central", "init").returncode == 0
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for wrong, why in ((port, "地址已被占用"), (99999, "没有这个端口")):
            done = run(tmp_path, "central", "serve", "--port", str(wrong))
            assert (done.returncode, done.stdout) == (1, "")
            assert f"127.0.0.1:{wrong}" in done.stderr
            assert why in done.stderr


def test_the_systems_reason_is_said_in_the_language_spoken() -> None:
    use_language("zh_CN")
    told = tell("file.unreadable", {"file": "a.csv", "reason": "Is a directory"})
    assert told.what == "a.csv无法读取：这是文件夹。"
