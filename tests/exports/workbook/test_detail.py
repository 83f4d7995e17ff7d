"""The rows behind a report in a file of their own, and what is called off midway."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from clerk.contract.report import CaseFact
from clerk.errand import Errand, Phase
from clerk.errors import CancelledError
from clerk.rules.reports.counting import tally
from clerk.rules.reports.listing import OVERDUE, WORKLOAD
from exports.workbook.report import write_detail, write_report
from tests.exports.workbook.test_bulk import read
from tests.exports.workbook.test_report import MADE, MARCH, order
from tests.support.facts import invent_facts


def test_a_report_without_room_for_its_facts_links_to_them(tmp_path: Path) -> None:
    facts = invent_facts(random.Random(4), 60, MADE.date())
    path, beside = write_report(order(WORKLOAD), facts, tmp_path / "r.xlsx", most_facts=50)
    counted = tally(WORKLOAD, facts, MARCH, MADE)
    book = openpyxl.load_workbook(path)
    assert "Cases" not in book.sheetnames
    sheet = book["By department"]
    assert sheet["B5"].value == f'=HYPERLINK("{beside.name}","{beside.name}")'
    told = {row[1]: row[2] for row in sheet.iter_rows(min_row=7, values_only=True)}
    told.pop("Total")
    wanted = {name: values["received"] for name, values in counted.groups["department"].items()}
    assert told == wanted
    (rows,) = read(beside.read_bytes()).values()
    assert sorted(str(row[0]) for row in rows[1:]) == sorted(fact.number for fact in facts)


def test_the_rows_behind_a_report_are_those_that_it_is_over(tmp_path: Path) -> None:
    facts = invent_facts(random.Random(4), 300, MADE.date())
    path = write_detail(order(OVERDUE), facts, tmp_path / "rows.xlsx")
    (rows,) = read(path.read_bytes()).values()
    assert len(rows) - 1 == tally(OVERDUE, facts, MARCH, MADE).facts > 0
    at = rows[0].index("Overdue")
    assert {row[at] for row in rows[1:]} == {"yes"}


class Impatient(Errand):
    """Called off when it is packed."""

    def tell(self, phase: Phase, done: int = 0, total: int = 0) -> None:
        if phase is Phase.PACKING:
            assert self.cancel()
        super().tell(phase, done, total)


@pytest.mark.parametrize("most", [10, 1_000])
def test_called_off_it_leaves_nothing(tmp_path: Path, most: int) -> None:
    facts, folder = invent_facts(random.Random(4), 30, MADE.date()), tmp_path / "reports"
    with pytest.raises(CancelledError):
        write_report(order(WORKLOAD), facts, folder / "r.xlsx", Impatient(), most_facts=most)
    with pytest.raises(CancelledError):
        write_detail(order(WORKLOAD), facts, folder / "d.xlsx", Impatient())
    assert not list(folder.iterdir())


def test_rows_that_fail_midway_leave_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "reports" / "d.xlsx"
    path.parent.mkdir()
    path.write_bytes(b"old")

    def failing() -> Iterator[CaseFact]:
        yield from invent_facts(random.Random(4), 3, MADE.date())
        raise CancelledError

    with pytest.raises(CancelledError):
        write_detail(order(WORKLOAD), failing(), path)
    assert path.read_bytes() == b"old"
    assert [one.name for one in path.parent.iterdir()] == ["d.xlsx"]
