"""Findings are stored once each, and read by command; the office's policy is loaded whole."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

import central.__main__ as program
from central.db import findings, watched
from central.db.engine import Database
from central.service import Central
from central.watching.following import sweep_watched
from central.watching.policy import get_policy
from clerk.clock import SettableClock
from clerk.contract.case import Outcome
from clerk.contract.command import AcceptCase, ClaimCase, DecideCase, PassStep
from clerk.contract.supervision import PatternSetting, SupervisionPolicy
from tests.support.cases import APPROVER, CLERK, HANDLER, MONDAY, REVIEWER, receive_command
from tests.support.central import MakeDesk

RECEIVE = replace(receive_command(), number="")


def hurry(make_desk: MakeDesk, count: int) -> list[str]:
    """Cases accepted and decided at one moment; their ids."""
    window, there = make_desk(window="w1"), make_desk(department="market")
    case_ids = [window.receive(RECEIVE)[0] for _ in range(count)]
    for case_id in case_ids:
        window.act(case_id, AcceptCase(), CLERK)
        for user in (HANDLER, REVIEWER):
            there.act(case_id, ClaimCase(), user)
            there.act(case_id, PassStep(opinion="同意"), user)
        there.act(case_id, ClaimCase(), APPROVER)
        there.act(case_id, DecideCase(outcome=Outcome.GRANTED, opinion="同意"), APPROVER)
    return case_ids


def rules_found(central: Central) -> list[str]:
    with central.database.read() as connection:
        found = findings.list_between(connection, MONDAY, MONDAY + timedelta(days=1))
    return sorted(one.rule for one in found)


def run(database: Database, *arguments: str) -> int:
    url = database.engine.url.render_as_string(hide_password=False)
    return program.main(["--language", "en", "--database", url, *arguments])


def test_a_finding_is_stored_once(central: Central, make_desk: MakeDesk) -> None:
    hurry(make_desk, 2)
    for _ in range(2):
        sweep_watched(central)
    assert rules_found(central) == ["R04", "R04"]
    central.database.commit(watched.forget_all)
    sweep_watched(central)
    assert rules_found(central) == ["R04", "R04"]


def test_many_on_one_person_are_a_finding_of_their_own(
    central: Central, make_desk: MakeDesk
) -> None:
    hurry(make_desk, 6)
    sweep_watched(central)
    assert rules_found(central) == ["R04"] * 6 + ["R08"]


def test_the_auditor_reads_them_by_command(
    central: Central, make_desk: MakeDesk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (case_id,) = hurry(make_desk, 1)
    sweep_watched(central)
    template = "https://video.example/?w={window}&from={from}"
    assert run(central.database, "window", "recording", "w1", template) == 0
    path = tmp_path / "findings.csv"
    period = ["--since", "2026-06-01", "--until", "2026-06-01"]
    assert run(central.database, "findings", *period, "--csv", str(path)) == 0
    assert "1 finding is in" in capsys.readouterr().out
    ((_head, row),) = [list(csv.reader(path.read_text("utf-8-sig").splitlines()))]
    assert row[0] == "R04"
    assert row[5] == APPROVER.name
    assert row[6].startswith("Decided 0 s after acceptance")
    assert case_id not in str(row)
    assert run(central.database, "findings", "--until", "2026-05-31") == 0
    assert not capsys.readouterr().out


def test_a_policy_is_shown_changed_and_loaded(
    central: Central,
    make_desk: MakeDesk,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    clock: SettableClock,
) -> None:
    assert run(central.database, "supervision", "show") == 0
    path = tmp_path / "policy.toml"
    path.write_text(capsys.readouterr().out.replace("most = 60", "most = 5"), "utf-8")
    assert run(central.database, "supervision", "load", str(path)) == 0
    with central.database.read() as connection:
        policy = get_policy(connection)
    assert policy.escalation == SupervisionPolicy().escalation
    assert PatternSetting(rule="R04", parameters={"most": 5}) in policy.patterns
    assert run(central.database, "supervision", "show") == 0
    assert capsys.readouterr().out.endswith(path.read_text("utf-8"))


@pytest.mark.parametrize(
    "text", ["urge_days = 0", "unknown = 1", "urge_days =", '[[escalation]]\nof = "x"']
)
def test_a_policy_that_is_none_changes_nothing(
    central: Central, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(text, "utf-8")
    assert run(central.database, "supervision", "load", str(path)) == 1
    assert capsys.readouterr().err.startswith("clerk-central: ")
    with central.database.read() as connection:
        assert get_policy(connection) == SupervisionPolicy()


def test_a_recount_comes_to_the_same(central: Central, make_desk: MakeDesk) -> None:
    window = make_desk(window="w1")
    for _ in range(3):
        window.receive(RECEIVE)
    sweep_watched(central)
    with central.database.read() as connection:
        before = watched.list_counts(connection)
    assert run(central.database, "supervision", "recount") == 0
    sweep_watched(central)
    with central.database.read() as connection:
        assert watched.list_counts(connection) == before
