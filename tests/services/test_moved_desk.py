"""A desk that is given another place forgets what it saw at the one before."""

from __future__ import annotations

from pathlib import Path

import pytest

from central.__main__ import main
from central.acts.recording import load_case
from clerk.contract.case import DocumentKind
from clerk.errors import RefusedError, StoreError
from services.bootstrap import Desk
from services.cases import CaseQuery
from services.sync import Comparison
from tests.services.scan_story import large_pdf
from tests.support.cases import FOOD
from tests.support.desk import Hall, type_walk_in
from tests.support.scans import put


def read_store(desk: Desk) -> bytes:
    """Everything in every table of the store, as text, the search index and free pages too."""
    found = []
    with desk._store.read() as connection:
        tables = connection.exec_driver_sql("select name from sqlite_master where type = 'table'")
        for name in tables.scalars().all():
            rows = connection.exec_driver_sql(f'select * from "{name}"').all()  # noqa: S608
            found += [repr(tuple(row)).encode() for row in rows]
    return b"\n".join(found)


def test_moved_to_a_department(hall: Hall, desk: Desk) -> None:
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    desk.sync.run_once()
    desk.papers.print_paper(case.case_id, DocumentKind.RECEIPT)
    for told in (case.number, case.case_id):
        assert told.encode() in read_store(desk)
    assert list(desk.profile.papers.iterdir())

    device = desk.enrolled.device
    assert (
        main(["--database", hall.url, "desk", "move", device, "--department", "construction"]) == 0
    )
    desk.sync.run_once()
    desk.sync.run_once()
    assert desk.enrolled.department == "construction"
    assert desk.enrolled.window == ""
    assert case.number.encode() not in read_store(desk)
    assert case.case_id.encode() not in read_store(desk)
    assert not list(desk.profile.papers.iterdir())
    assert desk.sync.compare() is Comparison.SAME
    with pytest.raises(StoreError, match=r"case\.unknown"):
        desk.cases.detail(case.case_id)


@pytest.mark.parametrize("place", [("--window", "w2"), ("--department", "construction")])
def test_a_receipt_given_before_the_move_is_taken_in_after_it(
    hall: Hall, desk: Desk, place: tuple[str, str]
) -> None:
    hall.stop()
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    hall.start()
    device = desk.enrolled.device
    main(["--database", hall.url, "desk", "move", device, *place])
    desk.sync.run_once()
    assert desk.sync.status().refused == 0
    assert desk.sync.status().waiting == 0
    with hall.central.database.read() as connection:
        loaded = load_case(connection, case.case_id)
    assert loaded is not None
    assert loaded[0].window == "w1", "the applicant's receipt says so"
    assert desk.enrolled.window != "w1"
    assert desk.cases.page(CaseQuery(limit=5)) == ()


def test_a_draft_typed_before_the_move_is_received_where_the_desk_is_now(
    hall: Hall, desk: Desk
) -> None:
    draft = type_walk_in(desk, FOOD)
    main(["--database", hall.url, "desk", "move", desk.enrolled.device, "--window", "w2"])
    desk.sync.run_once()
    desk.sync.run_once()
    assert desk.enrolled.window == "w2"
    assert draft.window == "w1"
    (case,) = desk.intake.receive(draft).cases
    desk.sync.run_once()
    assert desk.sync.status().refused == 0
    assert desk.cases.detail(case.case_id).case.window == "w2"


def test_a_quarantined_desk_is_released_by_a_person(
    hall: Hall, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    with hall.central.database.write() as connection:
        connection.exec_driver_sql("update devices set quarantined = 1")
        connection.exec_driver_sql("delete from device_tokens")
    desk.intake.receive(type_walk_in(desk, FOOD))
    with pytest.raises(RefusedError, match=r"desk\.quarantined"):
        desk.sync.run_once()
    device = desk.enrolled.device
    main(["--language", "en", "--database", hall.url, "desk", "list"])
    assert "quarantined" in capsys.readouterr().out
    assert main(["--database", hall.url, "desk", "release", device[:13]]) == 0
    desk.sync.run_once()
    assert hall.count("cases") == 1
    assert main(["--language", "en", "--database", hall.url, "desk", "release", device]) == 1
    assert "not quarantined" in capsys.readouterr().err


def test_a_scan_of_such_a_receipt_is_taken_in_too(hall: Hall, desk: Desk, tmp_path: Path) -> None:
    hall.stop()
    draft = type_walk_in(desk, FOOD)
    line = next(one.key for one in desk.intake.view(draft).lines if one.material.key == "m1")
    paper = put(tmp_path / "s", "a.pdf", large_pdf())
    desk.scanner.add_to_draft(draft.id, line, paper)
    desk.intake.receive(draft)
    hall.start()
    device = desk.enrolled.device
    main(["--database", hall.url, "desk", "move", device, "--department", "construction"])
    desk.sync.run_once()
    assert desk.sync.status().refused == 0
    assert desk.sync.status().waiting == 0
    desk.scans.send_all()
    assert hall.count("blobs") == hall.count("case_scans") == 1
