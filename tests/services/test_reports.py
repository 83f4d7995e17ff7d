"""A report is the same from a desk, from the command line and from central, cell by cell."""

from __future__ import annotations

import signal
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook

from central.__main__ import main as central_main
from central.reporting import pages
from clerk.__main__ import main as clerk_main
from clerk.clock import SettableClock
from clerk.contract.case import SupplementLine
from clerk.contract.rating import Chosen, Level
from clerk.contract.report import Period
from clerk.edge import INTERRUPTED
from clerk.errand import Errand, Phase
from clerk.rules.reports.listing import REPORTS, get_report
from services.bootstrap import Desk
from tests.screens.story import accept
from tests.support.cases import FOOD
from tests.support.desk import PASSWORD, SIGN, Hall, OpenDesk, type_walk_in
from tests.support.matters import INQUIRY

Cells = dict[str, list[tuple[object, ...]]]


def read(path: Path) -> Cells:
    """All cells with their formats, and the names of ranges."""
    book = load_workbook(path)
    cells: Cells = {
        sheet.title: [
            (cell.coordinate, cell.value, cell.number_format)
            for row in sheet.iter_rows()
            for cell in row
        ]
        for sheet in book.worksheets
    }
    names = sorted((name, one.attr_text) for name, one in book.defined_names.items())
    return cells | {"names": list(names)}


@pytest.fixture
def busy(desk: Desk, open_at: OpenDesk, clock: SettableClock) -> Desk:
    """A window with cases accepted, received and asked to be supplemented, and with matters."""
    accept(desk, FOOD, seed=1)
    desk.intake.receive(type_walk_in(desk, FOOD, SIGN, seed=2))
    bad = Chosen(level=Level.BAD, indicators=("209", "214"))
    desk.ratings.give(desk.ratings.invite(), bad)
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD, seed=3)).cases
    desk.matters.take(INQUIRY)
    desk.matters.take(replace(INQUIRY, department="", text="=1+1"))
    desk.sync.run_once()
    lines = (SupplementLine("m1", "申请书", "缺"), SupplementLine("m3", "布局图", "不清"))
    desk.counter.ask_supplement(case.case_id, lines)
    clock.put(clock.now() + timedelta(days=1))
    return desk


def test_from_desk_command_line_and_central_it_is_the_same(
    busy: Desk, hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: SettableClock
) -> None:
    busy.session.sign_in("manager", PASSWORD)
    day = clock.now().date()
    period = Period(day.replace(day=1), day)
    monkeypatch.setenv("CLERK_PASSWORD", PASSWORD)
    days = ["--first", str(period.first), "--last", str(period.last)]
    monkeypatch.setattr("central.__main__.SystemClock", lambda: clock)
    at_desk = {
        key: busy.reports.export(period, tmp_path / f"desk-{key}.xlsx", report=report)
        for key, report in REPORTS.items()
        if key != "own"
    }
    for key, path in at_desk.items():
        out = tmp_path / f"central-{key}.xlsx"
        told = ["--language", "en", "--database", hall.url, "report", key, *days]
        assert central_main([*told, "--out", str(out)]) == 0
        assert read(out) == read(path), key
    assert read(at_desk["workload"])["Cases"][0][1] == "Case number"
    for key, sheet, rows in (("ratings", "Ratings", 1), ("indicators", "Indicators", 2)):
        cells = [str(cell) for cell, *_rest in read(at_desk[key])[sheet]]
        assert [cell for cell in cells if cell[1:].isdigit() and cell[0] == "A"] == [
            f"A{row}" for row in range(1, rows + 2)
        ]
    busy.close()
    out = tmp_path / "line.xlsx"
    told = ["--language", "en", "--profile", "w1", "report", "supplements", *days]
    assert clerk_main([*told, "--out", str(out), "--login", "manager"]) == 0
    assert read(out) == read(at_desk["supplements"])


def test_the_offices_own_workbook_is_filled_the_same_at_desk_and_central(
    busy: Desk, hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: SettableClock
) -> None:
    template, day = tmp_path / "own.xlsx", clock.now().date()
    book = Workbook()
    book.worksheets[0].append(["{{office}}", "{{received}}", "{{period.last}}"])
    book.worksheets[0].append(["{{each item}}", "{{received}}"])
    book.save(template)
    days = ["--first", str(day.replace(day=1)), "--last", str(day), "--template", str(template)]
    monkeypatch.setenv("CLERK_PASSWORD", PASSWORD)
    monkeypatch.setattr("central.__main__.SystemClock", lambda: clock)
    at_central, at_desk = tmp_path / "central.xlsx", tmp_path / "desk.xlsx"
    told = ["--language", "en", "--database", hall.url, "report", "workload", *days]
    assert central_main([*told, "--out", str(at_central)]) == 0
    busy.close()
    told = ["--language", "en", "--profile", "w1", "report", "workload"]
    assert clerk_main([*told, *days, "--out", str(at_desk), "--login", "manager"]) == 0
    assert read(at_desk) == read(at_central)
    sheet = load_workbook(at_desk)["Sheet"]
    assert sheet["A1"].value
    total, *each = [cell.value for cell in sheet["B"]]
    assert (total, sum(each), len(each)) == (4, 4, 2)
    assert clerk_main([*told, "--check", str(template)]) == 0
    book.worksheets[0]["D1"] = "{{recieved}}"
    book.save(template)
    assert clerk_main([*told, "--check", str(template)]) == 1


@pytest.mark.parametrize("phase", [Phase.FETCHING, Phase.WRITING, Phase.PACKING])
def test_ctrl_c_leaves_no_file_and_a_free_prompt(  # noqa: PLR0917 - fixtures
    busy: Desk,
    hall: Hall,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    clock: SettableClock,
    phase: Phase,
) -> None:
    """At the desk and at central: the program ends as the signal has it, in words."""
    day, out = clock.now().date(), tmp_path / "out"
    out.mkdir()
    days = ["--first", str(day.replace(day=1)), "--last", str(day), "--out", str(out / "a.xlsx")]
    monkeypatch.setenv("CLERK_PASSWORD", PASSWORD)
    monkeypatch.setattr("central.__main__.SystemClock", lambda: clock)
    busy.close()
    at_central = ["--language", "en", "--database", hall.url, "report", "workload", *days]
    at_desk = ["--language", "en", "--profile", "w1", "report", "workload", *days]
    tell = Errand.tell

    def interrupt(errand: Errand, now: Phase, done: int = 0, total: int = 0) -> None:
        tell(errand, now, done, total)
        if now is phase:
            signal.raise_signal(signal.SIGINT)

    with monkeypatch.context() as patched:
        patched.setattr(Errand, "tell", interrupt)
        assert central_main(at_central) == INTERRUPTED
        assert clerk_main([*at_desk, "--login", "manager"]) == INTERRUPTED
    assert not list(out.iterdir())
    assert clerk_main([*at_desk, "--login", "manager"]) == 0
    assert [one.name for one in out.iterdir()] == ["a.xlsx"]


def test_pages_make_no_difference(
    busy: Desk, hall: Hall, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy.session.sign_in("manager", PASSWORD)
    day = clock.now().date()
    period = Period(day.replace(day=1), day)
    whole = tuple(busy.reports.facts(get_report("workload"), period))
    monkeypatch.setattr(pages.read_page, "__defaults__", ("", 2))
    assert tuple(busy.reports.facts(get_report("workload"), period)) == whole
    assert len(whole) == 4


def test_what_a_supplement_notice_asked_for_is_counted_by_cause(
    busy: Desk, clock: SettableClock
) -> None:
    busy.session.sign_in("manager", PASSWORD)
    day = clock.now().date()
    causes = busy.reports.figures(Period(day.replace(day=1), day), get_report("supplements"))
    told = {name: values["lines"] for name, values in causes.groups["cause"].items()}
    assert told == {"申请书": 1, "布局图": 1}
    assert causes.total["notices"] == 1


def test_somebodys_own_work_is_theirs(busy: Desk, clock: SettableClock) -> None:
    day = clock.now().date()
    period = Period(day.replace(day=1), day)
    busy.session.sign_in("counter", PASSWORD)
    own = busy.reports.figures(period, get_report("own")).total
    assert (own["received"], own["accepted"], own["supplement_asked"]) == (4, 1, 1)
    assert own["cases"] == 4
    busy.session.sign_in("manager", PASSWORD)
    assert busy.reports.figures(period, get_report("own")).total["acts"] == 0
