"""The print queue: a real `lp` that records what it is given, a folder, and a desk cut off."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from errno import ENOSPC
from pathlib import Path

import pytest

from central.jobs.deemed import sweep_deemed
from clerk.clock import SettableClock
from clerk.contract.case import CaseRecord, DocumentKind
from clerk.contract.command import DeliverNotice
from clerk.contract.notice import DeliveryWay
from clerk.contract.printing import Outlet, PrintState, Sheet
from clerk.errand import Errand, Phase
from clerk.errors import InputError
from clerk.rules.case.state import PrintedDocument
from services.bootstrap import Desk
from services.overlay import unanswered_cases
from services.printers import commands_for
from services.printing import INTERRUPTED, PrintQueue
from storage import prints
from tests.screens.story import accept, receive
from tests.support.cases import FOOD
from tests.support.desk import Hall, OpenDesk, open_paper

LP = """#!{python}
import os, pathlib, shutil, sys
os.umask(0o077)
given = pathlib.Path({given!r})
if (given / "off").exists():
    sys.stderr.write("lp: printer is offline" + chr(10))
    sys.exit(1)
place = len(list(given.glob("job-*"))) + 1
files = sys.argv[sys.argv.index("--") + 1:]
(given / f"job-{{place}}").write_text(chr(10).join(sys.argv[1:]))
for at, file in enumerate(files):
    shutil.copy(file, given / f"{{place}}-{{at}}.pdf")
"""
SHEET = Sheet(name="260601003000013-acceptance.pdf", pdf=b"%PDF-1", copies=2)


@pytest.fixture
def lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of that name in front of the path; the folder has what it was given."""
    folder = tmp_path / "printer"
    folder.mkdir()
    program = folder / "lp"
    program.write_text(LP.format(python=sys.executable, given=str(folder)))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def states(desk: Desk) -> list[PrintState]:
    return [one.state for one in desk.printing.jobs()]


def test_an_act_prints_by_itself_twice_and_is_gone_from_the_store(desk: Desk, lp: Path) -> None:
    desk.printing.settle(Outlet(printer="counter-3"))
    accept(desk, FOOD)
    desk.printing.wait()
    assert states(desk) == [PrintState.PRINTED] * 2, "the receipt and the acceptance"
    arguments = (lp / "job-2").read_text().splitlines()
    assert arguments[:2] == ["-d", "counter-3"]
    assert arguments[-1] == arguments[-2], "one for each side"
    assert "受理通知书" in open_paper(lp / "2-0.pdf")
    with desk._store.read() as connection:
        assert prints.sheets(connection, 2) == ()


def test_a_printer_that_is_off_fails_and_is_tried_again(desk: Desk, lp: Path) -> None:
    (lp / "off").touch()
    desk.printing.settle(Outlet(printer="counter-3"))
    n = desk.printing.add([SHEET, SHEET], "窗口甲")
    desk.printing.wait()
    (job,) = desk.printing.jobs()
    assert (job.state, job.reason, job.tries) == (PrintState.FAILED, "lp: printer is offline", 1)
    (lp / "off").unlink()
    desk.printing.retry(n)
    desk.printing.wait()
    (job,) = desk.printing.jobs()
    assert (job.state, job.tries, job.reason) == (PrintState.PRINTED, 2, "")
    assert len(list(lp.glob("1-*.pdf"))) == 4, "one job of the printer, each paper twice"
    with pytest.raises(InputError, match="not_there"):
        desk.printing.retry(n)


def test_no_program_to_print_with(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    desk.printing.settle(Outlet(printer="counter-3"))
    desk.printing.add([SHEET], "窗口甲")
    desk.printing.wait()
    (job,) = desk.printing.jobs()
    assert (job.state, job.reason) == (PrintState.FAILED, "lp")


def test_what_waits_outlasts_a_restart_and_goes_into_a_folder(desk: Desk, tmp_path: Path) -> None:
    first, second = (desk.printing.add([SHEET], "窗口甲") for _ in range(2))
    desk.printing.cancel(first)
    with desk._store.begin() as connection:
        waiting = (PrintState.WAITING,)
        third = prints.add(connection, [SHEET], "窗口甲", desk.clock.now())
        prints.move(connection, third, waiting, PrintState.PRINTING, desk.clock.now())
    again = PrintQueue(desk._store, desk._changes, desk.clock)
    told = {one.n: (one.state, one.reason) for one in again.jobs()}
    assert told == {
        first: (PrintState.CANCELLED, ""),
        second: (PrintState.WAITING, ""),
        third: (PrintState.FAILED, INTERRUPTED),
    }
    folder = tmp_path / "tray"
    with pytest.raises(InputError, match=r"print\.folder"):
        again.settle(Outlet(folder=str(folder)))
    folder.mkdir()
    again.settle(Outlet(folder=str(folder)))
    again.wait()
    again.retry(third)
    again.wait()
    assert {one.name for one in folder.iterdir()} == {
        SHEET.name,
        SHEET.name.replace(".pdf", "-2.pdf"),
    }


def test_nothing_is_queued_where_nobody_said_where(desk: Desk) -> None:
    accept(desk, FOOD)
    assert desk.printing.jobs() == ()


def test_a_reprint_says_which_one_it_is_and_is_recorded(desk: Desk) -> None:
    (case_id,) = accept(desk, FOOD)
    for nth in (1, 2):
        path = desk.papers.print_paper(case_id, DocumentKind.ACCEPTANCE)
        assert f"补打（第 {nth} 次）" in open_paper(path)
        assert "窗口甲" in open_paper(path)
    newest, first = desk.printing.reprints()
    assert (newest.nth, first.nth, newest.by) == (2, 1, "窗口甲")
    assert newest.paper.endswith("-acceptance")


def test_another_seat_goes_on_with_the_number_and_so_does_a_case_that_comes_back(
    desk: Desk, hall: Hall, open_at: OpenDesk
) -> None:
    (case_id,) = accept(desk, FOOD)
    hall.stop()
    desk.papers.print_paper(case_id, DocumentKind.ACCEPTANCE)
    with desk._store.read() as connection:
        assert case_id not in unanswered_cases(connection), "nobody waits for it"
    hall.start()
    desk.sync.run_once()
    department = open_at("market", department="market", login="market-handler")
    department.sync.run_once()
    path = department.papers.print_paper(case_id, DocumentKind.ACCEPTANCE)
    assert "补打（第 2 次）" in open_paper(path), "the seat itself has printed none"
    department.sync.run_once()
    with desk._store.begin() as connection:
        prints.forget_cases(connection, [case_id])
    path = desk.papers.print_paper(case_id, DocumentKind.ACCEPTANCE)
    assert "补打（第 2 次）" in open_paper(path), "it has not heard of the other yet"
    desk.sync.run_once()
    path = desk.papers.print_paper(case_id, DocumentKind.ACCEPTANCE)
    assert "补打（第 4 次）" in open_paper(path), "two were made without knowing of each other"


def test_what_the_law_accepted_is_printed_at_the_window(
    desk: Desk, hall: Hall, clock: SettableClock, tmp_path: Path
) -> None:
    """Nobody acted in five days: the notice waits to be handed over, and is printed once."""
    desk.printing.settle(Outlet(folder=str(tmp_path)))
    receive(desk, FOOD)
    desk.sync.run_once()
    assert desk.due_papers.list() == ()
    clock.put(clock.now() + timedelta(days=10))
    assert sweep_deemed(hall.central) == 1
    desk.session.sign_in("counter", "paper-and-seal")
    desk.sync.run_once()
    (due,) = desk.due_papers.list()
    assert due.kind is DocumentKind.ACCEPTANCE
    (path,) = desk.due_papers.print_all()
    assert "视为受理" in open_paper(path)
    (due,) = desk.due_papers.list()
    assert due.printed, "printed, and still to be handed over"
    assert desk.due_papers.print_all() == ()
    mailed = DeliverNotice(
        paper="acceptance",
        number=due.number,
        way=DeliveryWay.MAIL,
        on=clock.now().date(),
        receiver=due.applicant,
        note="EMS 1",
    )
    desk.due_papers.deliver(due, mailed)
    assert desk.due_papers.list() == ()
    desk.sync.run_once()
    assert desk.sync.status().waiting == desk.sync.status().refused == 0
    desk.printing.wait()
    assert (tmp_path / path.name).read_bytes() == path.read_bytes()


class AfterOne(Errand):
    """Called off when one of the papers is made."""

    def tell(self, phase: Phase, done: int = 0, total: int = 0) -> None:
        if (phase, done, total) == (Phase.PAPERS, 1, 3):
            assert self.cancel()
        super().tell(phase, done, total)


def test_notices_called_off_are_printed_up_to_there_and_the_others_wait(
    desk: Desk, hall: Hall, clock: SettableClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither Escape nor a full disk leaves one recorded as printed that is in no queue."""
    tray = tmp_path / "tray"
    tray.mkdir()
    desk.printing.settle(Outlet(folder=str(tray)))
    for seed in (1, 2, 3):
        receive(desk, FOOD, seed=seed)
    desk.sync.run_once()
    clock.put(clock.now() + timedelta(days=10))
    assert sweep_deemed(hall.central) == 3
    desk.session.sign_in("counter", "paper-and-seal")
    desk.sync.run_once()
    made = [path.name for path in desk.due_papers.print_all(AfterOne())]
    desk.printing.wait()
    assert [one.name for one in tray.glob("*-acceptance.pdf")] == made
    assert sorted(one.printed for one in desk.due_papers.list()) == [False, False, True]
    note = desk.papers.note_print

    def fail_after(record: CaseRecord, paper: PrintedDocument, nth: int) -> None:
        note(record, paper, nth)
        raise OSError(ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(desk.papers, "note_print", fail_after)
        with pytest.raises(OSError, match="full"):
            desk.due_papers.print_all()
    desk.printing.wait()
    printed = len(list(tray.glob("*-acceptance.pdf")))
    assert printed == sum(one.printed for one in desk.due_papers.list()) == 2
    assert len(desk.due_papers.print_all()) == 1, "the last, and none of them twice"


def test_windows_prints_by_the_shells_verb_and_quotes_all() -> None:
    paths = [Path("a's.pdf"), Path("b.pdf")]
    commands = commands_for("Hall 3", paths, [2, 1], "win32")
    assert [one[0] for one in commands] == ["powershell"] * 3
    assert "-FilePath 'a''s.pdf' -Verb PrintTo -ArgumentList '\"Hall 3\"'" in commands[0][-1]
    (command,) = commands_for("hall", paths, [2, 1], "linux")
    assert command == ["lp", "-d", "hall", "-t", "clerk", "--", "a's.pdf", "a's.pdf", "b.pdf"]
