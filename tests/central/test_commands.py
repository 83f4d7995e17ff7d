"""The command line of central, on a database of its own."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from central.__main__ import main
from central.db import catalogue, feed
from central.db.engine import open_database
from clerk.contract.user import Role
from tests.test_structure import ROOT

ITEM = "11620100YBEN00231X3622023002000"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("CLERK_DATABASE", f"sqlite:///{tmp_path / 'office' / 'central.db'}")

    def act(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        status = main(["--language", "en", *arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return act


def test_users_are_added_listed_and_let_go(run: Run) -> None:
    status, _, told = run("user", "list")
    assert status == 1
    assert "clerk-central init" in told
    assert run("init")[0] == 0
    assert run("init")[0] == 0
    adding = ("user", "add", "wang", "--name", "王", "--role", "counter", "--password-stdin")
    assert run(*adding, typed="long enough\n")[0] == 0
    assert run(*adding, typed="long enough\n")[0] == 1
    assert run("user", "list")[1] == "wang\t王\t\tcounter\n"
    assert run("user", "password", "wang", "--password-stdin", typed="short\n")[0] == 1
    assert run("user", "password", "wang", "--password-stdin", typed="another one\n")[0] == 0
    assert run("user", "disable", "wang")[0] == 0
    assert run("user", "list")[1].endswith("disabled\n")
    assert run("user", "enable", "wang")[0] == 0
    assert run("user", "list")[1] == "wang\t王\t\tcounter\n"
    status, _, told = run("user", "disable", "nobody")
    assert status == 1
    assert "nobody" in told, "who is not known is named"


def test_every_role_is_told_of(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["user", "add", "--help"])
    told = capsys.readouterr().out
    documented = (ROOT / "docs" / "commands.md").read_text("utf-8")
    for role in Role:
        assert role.value in told
        assert f"`{role.value}`" in documented


@pytest.mark.parametrize("place", ["folder", "no-database"])
def test_a_file_that_is_no_database_is_named(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / place
    if place == "folder":
        path.mkdir()
    else:
        path.write_bytes(b"not a database at all" * 99)
    assert main(["--database", f"sqlite:///{path}", "init"]) == 1
    assert str(path) in capsys.readouterr().err


def test_what_is_not_there_is_told_as_that(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run("init")
    loading = "supervision load", "register load", "form check", "restore", "outbox import"
    for words in loading:
        more = ("answers",) if words == "outbox import" else ()
        status, _, told = run(*words.split(), "gone.typ", *more)
        assert status == 1
        assert "gone.typ cannot be read: " in told, words
    assert "begins the id of no desk" in run("desk", "disable", "zz")[2]
    assert "no item or bundle 999" in run("item", "999")[2]
    with pytest.raises(SystemExit):
        run("findings", "--since", "2026-13-01")
    assert "“2026-13-01” is no day; write it as 2026-06-01" in capsys.readouterr().err


def test_nobody_holds_two_of_the_three_offices(run: Run) -> None:
    run("init")
    adding = ("user", "add", "li", "--name", "李", "--password-stdin")
    both = (*adding, "--role", "auditor", "--role", "security_administrator")
    status, _, told = run(*both, typed="long enough\n")
    assert status == 1
    assert told.startswith("clerk-central: ")
    assert run("user", "list")[1] == ""


def test_an_approver_belongs_to_a_department(run: Run) -> None:
    run("init")
    adding = ("user", "add", "li", "--name", "李", "--role", "approver", "--password-stdin")
    assert run(*adding, typed="long enough\n")[0] == 1
    assert run(*adding, "--department", "nowhere", typed="long enough\n")[0] == 1


def test_a_code_for_a_place_that_is(run: Run) -> None:
    run("init")
    assert run("enrol-code", "--window", "w9")[0] == 1
    with pytest.raises(SystemExit):
        run("enrol-code", "--window", "w1", "--department", "fire")


@pytest.mark.parametrize("hours", ["0", "721", "9999"])
def test_hours_without_central_that_cannot_be_are_refused(run: Run, hours: str) -> None:
    run("init")
    assert run("lease-hours", "720")[0] == 0
    status, _said, told = run("lease-hours", hours)
    assert status == 1
    assert "Write a number from 1 to 720." in told


def test_the_interface_is_printed(run: Run) -> None:
    status, told, _ = run("openapi")
    assert status == 0
    assert json.loads(told)["openapi"] == "3.1.0"


def test_help_is_complete(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    commands = ("init", "serve", "user", "enrol-code", "openapi", "import", "seed")
    for command in ((), *((one,) for one in commands), ("user", "add"), ("user", "password")):
        with pytest.raises(SystemExit) as ended:
            run(*command, "--help")
        assert ended.value.code == 0
        told = capsys.readouterr().out
        assert "usage:" in told
        assert command or all(one in told for one in commands)


def test_an_office_is_laid_out_without_any_sample(run: Run) -> None:
    run("init")
    adding = ("window", "add", "w1", "--number", "7", "--name", "综合窗口", "--centre", "中心")
    assert run(*adding)[:2] == (0, "007  w1  综合窗口  中心\n")
    renamed = (*adding[:-1], "新中心")
    assert run(*renamed)[1] == "007  w1  综合窗口  新中心\n"
    twin = ("window", "add", "w2", *adding[3:])
    status, _, told = run(*twin)
    assert status == 1
    assert "the number 7" in told
    assert run("window", "add", "w3", "--number", "1000", *adding[5:])[0] == 1
    assert run("window", "list")[1] == "007  w1  综合窗口  新中心\n"
    assert run("departments")[:2] == (0, "")
    assert run("enrol-code", "--window", "w1")[0] == 0


def test_a_new_database_knows_the_working_days(run: Run) -> None:
    run("init")
    database = open_database(os.environ["CLERK_DATABASE"])
    with database.read() as connection:
        first = catalogue.get_calendar(connection)
        head = feed.head(connection)
    run("init")
    with database.read() as connection:
        assert catalogue.get_calendar(connection) == first
        assert feed.head(connection) == head
    database.close()
    assert date(2026, 10, 1) in first.holidays


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_what_central_writes_is_its_owners_alone(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLERK_DATABASE", f"sqlite:///{tmp_path / 'central.db'}")
    before = os.umask(0o022)
    try:
        assert run("init")[0] == 0
        assert os.umask(0o022) == 0o022, "whoever called keeps their own"
    finally:
        os.umask(before)
    written = list(tmp_path.glob("central*"))
    assert written
    assert not [path.name for path in written if path.stat().st_mode & 0o077]


def test_what_is_local_to_an_item_makes_its_next_version(run: Run) -> None:
    run("init")
    run("seed", "--people", "5", "--organisations", "2")
    status, said, _ = run("item", ITEM, "--second-supplement", "yes", "--joint", "yes")
    assert (status, "second-supplement: yes" in said, "joint: yes" in said) == (0, True, True)
    again = run("item", ITEM, "--joint", "yes")[1]
    assert again == said, "the same again is no new version"
    assert run("item", "nothing", "--joint", "yes")[0] == 1
