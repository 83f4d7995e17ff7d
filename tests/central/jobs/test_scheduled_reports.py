"""Reports that make themselves: each due time once, whole, never over another file, signed."""

from __future__ import annotations

import hashlib
import hmac
import io
import threading
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from sqlalchemy import text

from central.__main__ import main
from central.db import audit, report_schedules
from central.db.report_schedules import HELD, Run, Schedule, State, Target
from central.jobs.scheduled_reports import sweep_scheduled_reports
from central.reporting import targets
from central.reporting import webhook as sending
from central.service import Central
from clerk.clock import OFFICE_ZONE, SettableClock
from clerk.errors import StoreError
from clerk.rules.reports.schedule import Span, Timing
from tests.support.cases import MONDAY, receive_command
from tests.support.central import TalkingDesk
from tests.support.webhook_server import make_certificate, running_webhook

TUESDAY_8 = datetime.combine(MONDAY.date() + timedelta(days=1), time(8), OFFICE_ZONE)
SECRET = "a secret of tests"
Told = Callable[..., int]


def keep(central: Central, target: Target, span: Span = Span.YESTERDAY) -> int:
    timing = Timing("every-day", time(8))
    schedule = Schedule(report="workload", span=span, timing=timing, language="en", target=target)
    now = central.clock.now()
    return central.database.commit(lambda one: report_schedules.add(one, schedule, now))


def last_run(central: Central, number: int) -> Run:
    with central.database.read() as connection:
        run = report_schedules.find_last_run(connection, number)
    assert run is not None
    return run


def cells(source: Path | io.BytesIO) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(source)
    return {
        sheet.title: [
            (cell.coordinate, cell.value, cell.number_format)
            for row in sheet.iter_rows()
            for cell in row
        ]
        for sheet in book.worksheets
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "for the manager"
    made.mkdir()
    return made


@pytest.fixture
def command(central: Central, monkeypatch: pytest.MonkeyPatch, clock: SettableClock) -> Told:
    """The command line on the same database at the same time."""
    monkeypatch.setattr("central.__main__.SystemClock", lambda: clock)
    url = central.database.engine.url.render_as_string(hide_password=False)
    return lambda *told: main(["--language", "en", "--database", url, *map(str, told)])


def test_the_scheduled_workbook_is_the_commands_cell_by_cell(
    central: Central,
    enrolled_device: TalkingDesk,
    clock: SettableClock,
    folder: Path,
    *,
    command: Told,
    tmp_path: Path,
) -> None:
    enrolled_device.receive(replace(receive_command(), number=""))
    told = ("workload", "--span", "yesterday", "--on", "working-day", "--at", "08:00")
    assert command("schedule", "add", *told, "--folder", folder) == 0
    assert sweep_scheduled_reports(central) == 0, "not due yet"
    clock.put(TUESDAY_8)
    assert sweep_scheduled_reports(central) == 1
    (path,) = folder.iterdir()
    day = MONDAY.date()
    assert path.name == f"report-workload-{day}-{day}-{TUESDAY_8:%Y%m%d}-080000-1.xlsx"
    out = tmp_path / "command.xlsx"
    days = ("--first", day, "--last", day)
    assert command("report", "workload", *days, "--out", out) == 0
    assert cells(path) == cells(out)
    assert any(one[0] == "A2" and one[1] for one in cells(path)["Cases"]), "the case is in it"


def test_a_due_time_is_made_once_by_two_processes_and_late_ones_once_for_all(
    central: Central, clock: SettableClock, folder: Path
) -> None:
    number = keep(central, Target(folder=str(folder)))
    clock.put(TUESDAY_8 + timedelta(days=9, hours=3))
    url = central.database.engine.url.render_as_string(hide_password=False)
    other = Central.open(url, clock)
    made: list[int] = []
    threads = [
        threading.Thread(target=lambda one=one: made.append(sweep_scheduled_reports(one)))
        for one in (central, other, central, other)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    other.close()
    assert sorted(made) == [0, 0, 0, 1]
    assert len(list(folder.iterdir())) == 1
    run = last_run(central, number)
    assert run.due_at == TUESDAY_8 + timedelta(days=9)
    again = Central(central.database, clock)
    assert sweep_scheduled_reports(again) == 0, "after a restart too"
    clock.put(TUESDAY_8 + timedelta(days=10))
    assert sweep_scheduled_reports(again) == 1
    with central.database.read() as connection:
        assert audit.find_break(connection) is None
        asked = text("select count(*) from audit where action = 'report.delivered'")
        assert connection.execute(asked).scalar() == 2


def test_what_a_process_left_behind_is_taken_over(
    central: Central, clock: SettableClock, folder: Path
) -> None:
    number = keep(central, Target(folder=str(folder)))
    clock.put(TUESDAY_8)

    def die(_connection: object, _run: object, *_told: object) -> bool:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(report_schedules, "end", die)
        with pytest.raises(KeyboardInterrupt):
            sweep_scheduled_reports(central)
    (path,) = folder.iterdir()
    before = path.read_bytes()
    assert sweep_scheduled_reports(central) == 0, "it may still be at work"
    clock.put(TUESDAY_8 + HELD)
    assert sweep_scheduled_reports(central) == 1
    assert [one.read_bytes() for one in folder.iterdir()] == [before]
    assert (last_run(central, number).state, last_run(central, number).attempts) == (State.DONE, 2)


def test_no_file_is_overwritten_and_none_is_half_there(
    central: Central, clock: SettableClock, folder: Path, command: Told
) -> None:
    number = keep(central, Target(folder=str(folder)))
    day = MONDAY.date()
    stem = f"report-workload-{day}-{day}-{TUESDAY_8:%Y%m%d}-080000-{number}"
    (folder / f"{stem}.xlsx").write_bytes(b"somebody else's")
    folder.chmod(0o750)
    clock.put(TUESDAY_8)
    assert sweep_scheduled_reports(central) == 1
    assert (folder / f"{stem}.xlsx").read_bytes() == b"somebody else's"
    assert {one.name for one in folder.iterdir()} == {f"{stem}.xlsx", f"{stem}-2.xlsx"}
    mode = (folder / f"{stem}-2.xlsx").stat().st_mode
    assert mode & 0o777 == 0o640, "whoever may read the folder may read the report"
    assert command("schedule", "run", number) != 0, "it was made at this very moment"
    clock.put(TUESDAY_8 + timedelta(minutes=5))
    assert command("schedule", "run", number) == 0, "beside its times"
    assert len(list(folder.iterdir())) == 3


def test_a_folder_that_is_gone_is_told_and_tried_again(
    central: Central,
    clock: SettableClock,
    folder: Path,
    command: Told,
    capsys: pytest.CaptureFixture[str],
) -> None:
    number = keep(central, Target(folder=str(folder)))
    folder.rmdir()
    clock.put(TUESDAY_8)
    assert sweep_scheduled_reports(central) == 0
    assert command("schedule", "list") == 0
    assert "There is no folder" in capsys.readouterr().out
    assert sweep_scheduled_reports(central) == 0, "it rests first"
    assert last_run(central, number).attempts == 1
    folder.mkdir()
    clock.put(TUESDAY_8 + timedelta(minutes=1))
    assert sweep_scheduled_reports(central) == 1
    assert 'clerk_scheduled_reports_total{outcome="waiting"} 1' in central.metrics.render()


def test_a_webhook_gets_it_signed_and_under_the_same_id_again(
    central: Central, clock: SettableClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOK_SECRET", SECRET)
    with running_webhook() as hook:
        hook.statuses = [503, 302]
        number = keep(central, Target(url=hook.url, secret="env:HOOK_SECRET"))
        for minutes, state in ((0, State.WAITING), (1, State.WAITING), (6, State.DONE)):
            clock.put(TUESDAY_8 + timedelta(minutes=minutes))
            sweep_scheduled_reports(central)
            assert last_run(central, number).state is state
        assert {one.path for one in hook.posted} == {"/in?key=not-for-logs"}, "never redirected"
        assert len({one.headers["Clerk-Delivery"] for one in hook.posted}) == 1
        for one in hook.posted:
            moment = one.headers["Clerk-Timestamp"]
            told = hmac.new(SECRET.encode(), f"{moment}.".encode() + one.body, hashlib.sha256)
            assert one.headers["Clerk-Signature"] == f"sha256={told.hexdigest()}"
            assert one.headers["Content-Type"] == sending.XLSX
        assert "Cases" in cells(io.BytesIO(hook.posted[-1].body))
    assert not list(tmp_path.glob("**/*.xlsx"))


def test_a_webhook_that_stays_away_is_given_up_with_its_reason(
    central: Central,
    clock: SettableClock,
    command: Told,
    capfd: pytest.CaptureFixture[str],
    *,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{SECRET}\n")
    with running_webhook() as hook:
        hook.silent = True
        number = keep(central, Target(url=hook.url, secret=f"file:{secret}"))
        clock.put(TUESDAY_8)
        monkeypatch.setattr(sending.send, "__defaults__", (0.2,))
        sweep_scheduled_reports(central)
        assert last_run(central, number).problem == "webhook.late"
    for _attempt in range(6):
        clock.put(clock.now() + timedelta(hours=1, minutes=1))
        sweep_scheduled_reports(central)
    run = last_run(central, number)
    assert (run.state, run.attempts, run.problem) == (State.FAILED, 5, "webhook.down")
    assert command("schedule", "list") == 0
    shown = capfd.readouterr()
    assert "given up after 5 attempts" in shown.out
    for told in (shown.out + shown.err, central.metrics.render()):
        assert "not-for-logs" not in told
        assert SECRET not in told
    with central.database.read() as connection:
        asked = text("select detail from audit where action = 'report.not_delivered'")
        assert "webhook.down" in str(connection.execute(asked).scalar_one())


def test_only_a_webhook_that_this_machine_trusts_gets_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOK_SECRET", SECRET)
    report, certificate = tmp_path / "r.xlsx", make_certificate(tmp_path / "hook.pem")
    report.write_bytes(b"a workbook")
    parcel = sending.Parcel(id="1", path=report, made_at=MONDAY)
    with running_webhook(certificate) as hook:
        target = targets.read_webhook(hook.url, "env:HOOK_SECRET")
        with pytest.raises(StoreError) as refused:
            sending.send(target, parcel)
        assert (refused.value.code, hook.posted) == ("webhook.down", [])
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        sending.send(target, parcel)
        assert [one.body for one in hook.posted] == [b"a workbook"]


REFUSED: tuple[tuple[dict[str, str], str], ...] = (
    ({"report": "weather"}, "There is no report"),
    ({"--span": "ever"}, "is no span of days"),
    ({"--on": "someday"}, "names no days"),
    ({"--at": "25:00"}, "is no time of day"),
    ({"--folder": "/nowhere/at/all"}, "There is no folder"),
    ({"--folder": "/proc"}, "Nothing can be written"),
    ({"--webhook": "http://example.org/in"}, "cannot be sent to this address"),
    ({"--webhook": "ftp://127.0.0.1/in"}, "cannot be sent to this address"),
    ({"--webhook": "https://u:p@example.org/"}, "cannot be sent to this address"),
    ({"--webhook": "https:///in"}, "cannot be sent to this address"),
    ({"--webhook": "https://example.org/", "--secret": "word"}, "There is no secret"),
    ({"--webhook": "https://example.org/", "--secret": "file:/no/file"}, "There is no secret"),
)


def test_what_cannot_work_is_refused_at_once(
    central: Central, command: Told, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    for changes, words in REFUSED:
        told = {"--span": "last-week", "--on": "monday", "--at": "08:00", **changes}
        report = told.pop("report", "limits")
        if "--webhook" not in told:
            told.setdefault("--folder", str(folder))
        options = [part for option in told.items() for part in option]
        assert command("schedule", "add", report, *options) != 0, changes
        assert words in capsys.readouterr().err, changes
    with central.database.read() as connection:
        assert report_schedules.list_all(connection) == ()


def test_what_was_removed_is_made_no_more_and_its_number_is_not_given_again(
    central: Central, clock: SettableClock, command: Told, folder: Path
) -> None:
    number = keep(central, Target(folder=str(folder)))
    assert command("schedule", "remove", number) == 0
    assert command("schedule", "remove", number) != 0, "it is gone"
    clock.put(TUESDAY_8)
    assert sweep_scheduled_reports(central) == 0
    assert keep(central, Target(folder=str(folder))) == number + 1
