"""The office's own workbooks at central: looked through, offered to whoever may, filled alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook
from sqlalchemy import text

from central.__main__ import main
from central.jobs.scheduled_reports import sweep_scheduled_reports
from central.service import Central
from clerk.clock import OFFICE_ZONE, SettableClock
from clerk.contract.report_template import ReportTemplate, TemplateFile
from tests.support.cases import CLERK, MONDAY, receive_command
from tests.support.central import MANAGER, TalkingDesk, read, read_problem

TUESDAY_8 = datetime.combine(MONDAY.date() + timedelta(days=1), time(8), OFFICE_ZONE)
Told = Callable[..., int]


@pytest.fixture
def command(central: Central, monkeypatch: pytest.MonkeyPatch, clock: SettableClock) -> Told:
    """The command line on the same database at the same time."""
    monkeypatch.setattr("central.__main__.SystemClock", lambda: clock)
    url = central.database.engine.url.render_as_string(hide_password=False)
    return lambda *told: main(["--language", "en", "--database", url, *map(str, told)])


def workbook(path: Path, content: str) -> Path:
    book = Workbook()
    book.worksheets[0]["A1"] = content
    book.save(path)
    return path


def test_kept_scheduled_filled_and_not_taken_away_from_a_schedule(
    central: Central,
    enrolled_device: TalkingDesk,
    clock: SettableClock,
    *,
    command: Told,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    enrolled_device.receive(replace(receive_command(), number=""))
    (folder := tmp_path / "for the manager").mkdir()
    times = ("--span", "yesterday", "--on", "every-day", "--at", "08:00", "--folder", folder)
    scheduling = ("schedule", "add", "workload", *times, "--template", "月报")
    assert command(*scheduling) == 1
    assert "Central keeps no workbook" in capsys.readouterr().err
    own = workbook(tmp_path / "月报.xlsx", "{{received}}")
    assert command("report-template", "add", "workload", own) == 0
    assert command(*scheduling) == 0
    clock.put(TUESDAY_8)
    assert sweep_scheduled_reports(central) == 1
    (path,) = folder.iterdir()
    assert path.name.startswith("report-workload-月报-")
    assert load_workbook(path)["Sheet"]["A1"].value == 1
    days = ("--first", MONDAY.date(), "--last", MONDAY.date())
    out = tmp_path / "out.xlsx"
    assert command("report", "workload", *days, "--template", "月报", "--out", out) == 0
    assert load_workbook(out)["Sheet"]["A1"].value == 1
    assert command("report-template", "remove", "workload", "月报") == 1
    assert "scheduled reports 1" in capsys.readouterr().err
    assert command("schedule", "remove", "1") == 0
    assert command("report-template", "remove", "workload", "月报") == 0
    with central.database.read() as connection:
        told = list(connection.execute(text("select action from audit")).scalars())
    assert told.count("report_template.saved") == told.count("report_template.removed") == 1


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        ("{{no_such_figure}}", "own", "has nothing called"),
        ("{{received:department=", "own", "not closed"),
        ("nothing", "own", "asks for nothing"),
        ("{{received}}", "../own", "cannot be kept as"),
    ],
)
def test_what_cannot_be_filled_is_not_kept(
    command: Told, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, content: str, name: str,
    problem: str,
) -> None:  # fmt: skip
    own = workbook(tmp_path / "own.xlsx", content)
    assert command("report-template", "add", "workload", own, "--name", name) == 1
    assert problem in capsys.readouterr().err
    assert command("report-template", "list") == 0
    assert not capsys.readouterr().out


def test_offered_to_whoever_may_make_the_report(
    enrolled_device: TalkingDesk, command: Told, tmp_path: Path
) -> None:
    own = workbook(tmp_path / "own.xlsx", "{{received}}")
    assert command("report-template", "add", "workload", own) == 0
    enrolled_device.sign_in(MANAGER.login)
    answer = enrolled_device.get("/reports/templates", report="workload")
    (told,) = read(answer, tuple[ReportTemplate, ...])
    answer = enrolled_device.get("/reports/template", report="workload", name=told.name)
    assert read(answer, TemplateFile).data == own.read_bytes()
    enrolled_device.sign_in(CLERK.login)
    for path in ("/reports/templates", "/reports/template"):
        answer = enrolled_device.get(path, report="workload", name=told.name)
        assert read_problem(answer, 403).code == "user.role_needed"
