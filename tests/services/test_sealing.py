"""The outbox goes to central in a sealed file, and the answers come back in another one."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from central.__main__ import main
from clerk.contract.case import Stage
from clerk.contract.sealed import Sealed
from clerk.decoding import decode
from clerk.errors import InputError, StoreError
from services.bootstrap import Desk
from tests.support.cases import FOOD
from tests.support.desk import SIGN, Hall, OpenDesk, type_walk_in
from tests.support.people import a_person


def carry(hall: Hall, file: Path, answers: Path) -> int:
    return main(["--database", hall.url, "outbox", "import", str(file), str(answers)])


def test_there_and_back(hall: Hall, desk: Desk, tmp_path: Path) -> None:
    file, answers = tmp_path / "outbox.sealed", tmp_path / "answers.sealed"
    hall.stop()
    visit = desk.intake.receive(type_walk_in(desk, FOOD, SIGN))
    assert desk.sealing.export(file) == 2
    told = file.read_bytes()
    assert a_person(1).name.encode() not in told
    assert visit.cases[0].number.encode() not in told
    assert carry(hall, file, answers) == 0
    assert carry(hall, file, answers) == 0, "twice is once"
    assert desk.sealing.take_answers(answers) == 2
    assert desk.sealing.take_answers(answers) == 2
    assert desk.sync.status().waiting == 0
    hall.start()
    assert hall.count("cases") == hall.count("commands") == 2
    desk.sync.run_once()
    assert not desk.sync.outbox()
    assert desk.cases.detail(visit.cases[0].case_id).case.stage is Stage.RECEIVED


def test_the_line_comes_back_before_the_answers(hall: Hall, desk: Desk, tmp_path: Path) -> None:
    file, answers = tmp_path / "outbox.sealed", tmp_path / "answers.sealed"
    hall.stop()
    desk.intake.receive(type_walk_in(desk, FOOD))
    desk.sealing.export(file)
    carry(hall, file, answers)
    hall.start()
    desk.sync.run_once()
    assert hall.count("cases") == 1
    assert not desk.sync.outbox()
    assert desk.sealing.take_answers(answers) == 1, "late answers change nothing"
    assert not desk.sync.outbox()


def test_what_another_wrote_is_refused(
    hall: Hall, desk: Desk, open_at: OpenDesk, tmp_path: Path
) -> None:
    file, answers = tmp_path / "outbox.sealed", tmp_path / "answers.sealed"
    other = open_at("w2", window="w2", login="other")
    with pytest.raises(StoreError, match=r"outbox\.nothing_to_export"):
        desk.sealing.export(file)
    hall.stop()
    desk.intake.receive(type_walk_in(desk, FOOD))
    desk.sealing.export(file)
    sealed = decode(file.read_bytes(), Sealed)
    forged = msgspec.structs.replace(sealed, device=other.enrolled.device)
    spoilt = tmp_path / "spoilt.sealed"
    spoilt.write_bytes(msgspec.json.encode(forged))
    assert carry(hall, spoilt, answers) == 1
    spoilt.write_bytes(b"{}")
    assert carry(hall, spoilt, answers) == 1
    assert carry(hall, file, answers) == 0
    with pytest.raises(InputError, match=r"outbox\.file_unreadable"):
        other.sealing.take_answers(answers)
    with pytest.raises(InputError, match=r"outbox\.file_unreadable"):
        desk.sealing.take_answers(file)
    with pytest.raises(InputError, match=r"^file\.unreadable"):
        desk.sealing.take_answers(tmp_path / "gone")
    hall.start()
