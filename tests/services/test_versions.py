"""Desk and central of different ages: what both speak is spoken, the rest is kept and told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from central.spoken import Spoken
from clerk.contract.answer import Conclusion
from clerk.contract.command import KINDS
from clerk.contract.sync import PROTOCOL, Protocols
from clerk.errors import RefusedError
from clerk.locale.problems import tell
from services.bootstrap import Desk
from tests.support.cases import FOOD
from tests.support.desk import Hall, type_walk_in
from tests.support.scans import pdf, put


def greet_with(desk: Desk, oldest: int, newest: int) -> None:
    """Let the desk be one of these protocols."""
    desk._line.speaks = Protocols(oldest, newest)
    desk._line.forget_greeting()


def test_a_newer_desk_falls_back(hall: Hall, desk: Desk) -> None:
    greet_with(desk, PROTOCOL, PROTOCOL + 1)
    desk.intake.receive(type_walk_in(desk, FOOD))
    desk.sync.run_once()
    assert desk._line.protocol == PROTOCOL
    assert hall.count("cases") == 1


def test_a_newer_central_serves_the_one_before(hall: Hall, desk: Desk) -> None:
    hall.central.spoken = Spoken(protocols=Protocols(PROTOCOL, PROTOCOL + 1))
    desk._line.forget_greeting()
    desk.sync.run_once()
    assert desk._line.protocol == PROTOCOL


@pytest.mark.parametrize(
    ("spoken", "code", "what"),
    [
        (((1, 1), (2, 3)), "desk.upgrade", "This desk is too old for central."),
        (((2, 2), (1, 1)), "desk.newer_than_central", "Central is too old for this desk."),
    ],
)
def test_without_a_protocol_in_common_everything_is_kept(
    hall: Hall, desk: Desk, spoken: tuple[tuple[int, int], tuple[int, int]], code: str, what: str
) -> None:
    desks, centrals = spoken
    draft = type_walk_in(desk, FOOD, seed=1)
    desk.intake.receive(type_walk_in(desk, FOOD, seed=3))
    hall.central.spoken = Spoken(protocols=Protocols(*centrals))
    greet_with(desk, *desks)
    for _ in range(2):
        with pytest.raises(RefusedError, match=code.replace(".", r"\.")):
            desk.sync.run_once()
    told = tell(code)
    assert told.what == what
    assert "is kept on this machine" in told.safe
    status = desk.sync.status()
    assert (status.waiting, status.error, status.online) == (1, code, False)
    assert desk.drafts.get(draft.id) == draft
    assert desk.intake.receive(type_walk_in(desk, FOOD, seed=4)).cases, "receiving goes on"
    hall.central.spoken = Spoken()
    greet_with(desk, PROTOCOL, PROTOCOL)
    desk.sync.run_once()
    assert hall.count("cases") == 2


def test_what_central_is_too_old_for_goes_out_after_its_upgrade(
    hall: Hall, desk: Desk, tmp_path: Path
) -> None:
    hall.central.spoken = Spoken(kinds=KINDS - {"receive.1"})
    draft = type_walk_in(desk, FOOD)
    line = desk.intake.view(draft).lines[0].key
    desk.scanner.add_to_draft(draft.id, line, put(tmp_path, "a.pdf", pdf()))
    (case,) = desk.intake.receive(draft).cases
    desk.sync.run_once()
    unfit, left_behind = desk.sync.outbox()
    assert unfit.answer is not None
    assert unfit.answer.conclusion is Conclusion.NEEDS_UPGRADE
    assert unfit.unfit_code == "command.unknown_kind"
    assert left_behind.is_refused
    assert (hall.count("cases"), desk.sync.status().refused) == (0, 2)
    hall.clock.put(hall.clock.now() + timedelta(minutes=11))
    desk.sync.run_once()
    assert hall.count("cases") == 0, "asked again, and still too old"

    hall.central.spoken = Spoken()
    desk.sync.run_once()
    assert hall.count("cases") == 0, "not asked all the time"
    hall.clock.put(hall.clock.now() + timedelta(minutes=11))
    desk.sync.run_once()
    assert desk.sync.outbox() == ()
    found = desk.cases.find_by_number(case.number)
    assert found is not None
    record = desk.cases.detail(found.id).record
    assert record.events[0].at == unfit.at, "dated as the papers were taken in"
    assert record.version == 2
    assert hall.count("cases") == 1


def test_an_online_act_is_not_done_behind_its_clerks_back(hall: Hall, desk: Desk) -> None:
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    desk.sync.run_once()
    hall.central.spoken = Spoken(kinds=KINDS - {"accept.1"})
    with pytest.raises(RefusedError, match=r"command\.needs_upgrade"):
        desk.counter.accept(case.case_id)
    (kept,) = desk.sync.outbox()
    assert kept.unfit_code == "command.needs_upgrade"
    hall.central.spoken = Spoken()
    desk._line.forget_greeting()
    desk.sync.run_once()
    assert desk.sync.outbox() == (kept,)
    assert hall.count("events") == 1
    assert desk.counter.accept(case.case_id).paper is not None
    desk.sync.dismiss(kept.n)
    assert replace(desk.sync.status(), last_contact=None).refused == 0
