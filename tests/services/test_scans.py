"""Scans from one desk to another: the case first, its scans after it, whatever the line does."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from central.blobs.limits import MOST_VARIABLE
from clerk.clock import SettableClock
from clerk.contract.case import Stage
from clerk.contract.scan import BLOB_CHUNK_BYTES
from clerk.errors import RefusedError, StoreError, UnreachableError
from services.bootstrap import Desk, open_desk
from services.profile import get_profile
from services.scans import ScanState
from storage import feed, sync_state
from tests.services.scan_story import (
    attached_and_sent,
    large_pdf,
    received,
    send_through,
    state_of,
)
from tests.support.cases import FOOD
from tests.support.cutting import CuttingLine, breaking
from tests.support.desk import SIGN, Hall, OpenDesk, type_walk_in
from tests.support.proxy import Fate, Proxy
from tests.support.scans import WORD, encoded, picture, put
from tests.support.storage import page_of


@pytest.fixture
def cut(hall: Hall) -> Iterator[CuttingLine]:
    with breaking(hall.address) as line:
        yield line


def test_a_case_never_waits_for_its_scans(desk: Desk, tmp_path: Path) -> None:
    case_id = received(desk)
    desk.scanner.add_to_case(case_id, "m1", put(tmp_path / "s", "a.pdf", large_pdf()))
    assert state_of(desk, case_id) == [ScanState.HERE]
    desk.sync.run_once()
    accepted = desk.counter.accept(case_id)
    assert accepted.case.case is not None
    assert accepted.case.case.stage is Stage.ACCEPTED
    assert state_of(desk, case_id) == [ScanState.HERE]
    desk.scans.send_all()
    (listed,) = desk.scans.of_case(case_id)
    assert (listed.state, listed.percent, listed.by) == (ScanState.AT_CENTRAL, 100, "窗口甲")


def test_with_the_line_down_they_are_put_to_a_case_all_the_same(
    hall: Hall, desk: Desk, tmp_path: Path
) -> None:
    hall.stop()
    case_id = received(desk, sent=False)
    desk.scanner.add_to_case(case_id, "m1", put(tmp_path / "s", "a.jpg", encoded(picture())))
    desk.scans.send_all()  # its command waits, so it waits too
    assert state_of(desk, case_id) == [ScanState.HERE]
    hall.start()
    desk.session.sign_out()  # nobody is there when the line comes back
    desk.sync.run_once()
    desk.scans.send_all()
    assert state_of(desk, case_id) == [ScanState.AT_CENTRAL]
    assert not desk.sync.outbox()


def test_the_background_sends_after_the_command(desk: Desk, tmp_path: Path) -> None:
    from tests.services.test_sync import Ear

    ear = Ear(desk)
    desk.sync.start()
    desk.scans.start()
    case_id = received(desk, sent=False)
    desk.scanner.add_to_case(case_id, "m1", put(tmp_path / "s", "a.jpg", encoded(picture())))
    assert ear.wait(lambda: state_of(desk, case_id) == [ScanState.AT_CENTRAL])


def test_scans_of_a_walk_in_go_with_its_receipt(hall: Hall, desk: Desk, tmp_path: Path) -> None:
    """The identity card is asked for by both items; it is scanned once and sent once."""
    draft = type_walk_in(desk, FOOD, SIGN)
    lines = {line.material.name: line.key for line in desk.intake.view(draft).lines}
    card = desk.scanner.add_to_draft(
        draft.id, lines["身份证"], put(tmp_path / "s", "card.jpg", encoded(picture()))
    )
    desk.scanner.add_to_draft(
        draft.id, lines["申请书"], put(tmp_path / "s", "form.jpg", encoded(picture(seed=2)))
    )
    desk.scanner.add_to_draft(
        draft.id, "no-such-line", put(tmp_path / "s", "odd.jpg", encoded(picture(seed=3)))
    )
    assert [one.name for one in desk.scanner.of_draft(draft.id)] == ["card", "form", "odd"]
    food, sign = desk.intake.receive(draft).cases
    assert [one.scan.material for one in desk.scans.of_case(food.case_id)] == ["m2", "m1"]
    assert [one.scan.material for one in desk.scans.of_case(sign.case_id)] == ["s2"]
    assert not desk.scanner.of_draft(draft.id)
    desk.sync.run_once()
    desk.scans.send_all()
    assert hall.count("blobs") == 2
    assert hall.count("case_scans") == 3
    assert desk.scans.of_case(sign.case_id)[0].scan.sha256 == card.sha256
    assert len(list((desk.profile.data / "desk-scans").iterdir())) == 2, "the third one is gone"


def test_a_walk_in_that_goes_away_takes_its_scans_along(desk: Desk, tmp_path: Path) -> None:
    draft = type_walk_in(desk, FOOD)
    first = desk.scanner.add_to_draft(
        draft.id, "申请书", put(tmp_path / "s", "a.jpg", encoded(picture()))
    )
    desk.scanner.add_to_draft(
        draft.id, "申请书", put(tmp_path / "s", "b.jpg", encoded(picture(seed=2)))
    )
    path = desk.scans.fetch_drafted(draft.id, first.sha256)
    desk.scanner.remove_from_draft(draft.id, first)
    assert not path.exists()
    assert len(desk.scanner.of_draft(draft.id)) == 1
    desk.drafts.discard(draft.id)
    desk.scans.purge()
    assert not list((desk.profile.data / "desk-scans").iterdir())
    with pytest.raises(StoreError, match=r"draft\.unknown"):
        desk.scanner.add_to_draft(draft.id, "申请书", tmp_path / "s" / "a.jpg")


def test_cut_at_any_byte_it_goes_on_from_there(
    open_at: OpenDesk, cut: CuttingLine, tmp_path: Path
) -> None:
    chance = random.Random(20261123)
    desk = open_at("w1", window="w1", login="counter", address=cut.address)
    case_id = received(desk)
    data = large_pdf(20 * BLOB_CHUNK_BYTES)
    scan = desk.scanner.add_to_case(case_id, "m1", put(tmp_path / "s", "a.pdf", data))
    desk.sync.run_once()
    before = cut.carried
    cut.cuts += [chance.randint(2_000, 3 * BLOB_CHUNK_BYTES) for _ in range(12)]
    planned = len(cut.cuts)
    broke = send_through(desk)
    assert state_of(desk, case_id) == [ScanState.AT_CENTRAL]
    happened = planned - len(cut.cuts)
    assert happened >= 6
    assert broke >= happened // 2
    sent = cut.carried - before
    # Whole records are asked for again, never more; heads of requests are a kilobyte each.
    assert sent <= scan.size + happened * BLOB_CHUNK_BYTES + 200 * 1024
    assert sent >= scan.size


def test_an_answer_that_is_lost_costs_nothing(
    open_at: OpenDesk, proxy: Proxy, tmp_path: Path
) -> None:
    """Central had committed: the next look tells so, and no byte goes twice."""
    desk = open_at("w1", window="w1", login="counter", address=proxy.address)
    case_id = received(desk)
    scan = desk.scanner.add_to_case(case_id, "m1", put(tmp_path / "s", "a.pdf", large_pdf()))
    desk.sync.run_once()
    path = f"/blobs/{scan.sha256}"
    proxy.plan(path, Fate.PASSED, Fate.ANSWER_LOST, Fate.PASSED, Fate.PASSED, Fate.ANSWER_LOST)
    proxy.plan(path, Fate.BUSY, Fate.REQUEST_LOST)
    assert send_through(desk) >= 3
    assert state_of(desk, case_id) == [ScanState.AT_CENTRAL]
    chunks = -(-scan.size // BLOB_CHUNK_BYTES)
    looks = 1 + 4  # one at first, one after each thing that was lost
    assert proxy.count(path) <= chunks + looks + 2


def test_a_second_desk_with_the_same_file_sends_nothing(
    hall: Hall, open_at: OpenDesk, cut: CuttingLine, tmp_path: Path
) -> None:
    data = large_pdf()
    path = put(tmp_path / "s", "a.pdf", data)
    first = open_at("w1", window="w1", login="counter")
    case_id = received(first)
    first.scanner.add_to_case(case_id, "m1", path)
    first.sync.run_once()
    first.scans.send_all()
    other = open_at("w2", window="w2", login="other", address=cut.address)
    (case,) = other.intake.receive(type_walk_in(other, FOOD, seed=2)).cases
    other.scanner.add_to_case(case.case_id, "m1", path)
    other.sync.run_once()
    before = cut.carried
    other.scans.send_all()
    assert state_of(other, case.case_id) == [ScanState.AT_CENTRAL]
    assert cut.carried - before < 2_000
    assert hall.count("blobs") == 1


def test_an_upload_survives_the_end_of_the_desk(
    hall: Hall, open_at: OpenDesk, cut: CuttingLine, clock: SettableClock, tmp_path: Path
) -> None:
    desk = open_at("w1", window="w1", login="counter", address=cut.address)
    case_id = received(desk)
    data = large_pdf(8 * BLOB_CHUNK_BYTES)
    scan = desk.scanner.add_to_case(case_id, "m1", put(tmp_path / "s", "a.pdf", data))
    desk.sync.run_once()
    cut.cuts.append(4 * BLOB_CHUNK_BYTES + 10_000)
    with pytest.raises(UnreachableError):
        desk.scans.send_all()
    (listed,) = desk.scans.of_case(case_id)
    assert listed.state is ScanState.SENDING
    assert 30 < listed.percent < 60
    desk.close()
    again = open_desk(get_profile("w1"), clock)
    try:
        assert state_of(again, case_id) == [ScanState.SENDING]
        before = cut.carried
        again.scans.send_all()
        assert cut.carried - before < scan.size * 2 // 3
        assert state_of(again, case_id) == [ScanState.AT_CENTRAL]
    finally:
        again.close()
    assert hall.count("blobs") == 1


def test_a_department_puts_one_online_or_not_at_all(
    hall: Hall, desk: Desk, open_at: OpenDesk, tmp_path: Path
) -> None:
    case_id = received(desk)
    desk.counter.accept(case_id)
    path = put(tmp_path / "s", "a.jpg", encoded(picture()))
    market = open_at("market", department="market", login="market-handler")
    with pytest.raises(RefusedError, match=r"claim\.none"):
        market.scanner.add_to_case(case_id, "m1", path)
    market.casework.claim(case_id)
    market.scanner.add_to_case(case_id, "m1", path)
    market.scans.send_all()
    assert state_of(market, case_id) == [ScanState.AT_CENTRAL]
    hall.stop()
    with pytest.raises(UnreachableError, match=r"line\.down"):
        market.scanner.add_to_case(
            case_id, "m2", put(tmp_path / "s", "b.jpg", encoded(picture(seed=5)))
        )
    assert len(market.scans.of_case(case_id)) == 1
    assert len(list((market.profile.data / "desk-scans").iterdir())) == 1
    hall.start()


def test_what_central_does_not_take_holds_up_no_other(
    hall: Hall, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MOST_VARIABLE, "100000")
    hall.stop()
    hall.start()
    case_id = received(desk)
    desk.scanner.add_to_case(case_id, "m1", put(tmp_path / "s", "a.pdf", large_pdf()))
    desk.scanner.add_to_case(case_id, "m2", put(tmp_path / "s", "b.jpg", encoded(picture())))
    desk.sync.run_once()
    desk.scans.send_all()
    large, small = desk.scans.of_case(case_id)
    assert (large.state, large.problem) == (ScanState.REFUSED, "blob.too_large")
    assert small.state is ScanState.AT_CENTRAL
    assert desk.scans.fetch(case_id, large.scan.sha256).is_file(), "nobody else has it"


def test_what_leaves_the_desks_sight_leaves_the_desk(desk: Desk, tmp_path: Path) -> None:
    from clerk.contract.sync import EntityKind, Remove

    case_id = attached_and_sent(desk, tmp_path / "s", large_pdf())
    (listed,) = desk.scans.of_case(case_id)
    path = desk.scans.fetch(case_id, listed.scan.sha256)
    with desk._store.begin() as connection:
        state = sync_state.load(connection)
        gone = Remove(kind=EntityKind.CASE, id=case_id, version=99)
        page = page_of(gone, start=state.cursor, end=state.cursor + 1)
        import msgspec

        page = msgspec.structs.replace(page, generation=state.generation)
        feed.apply_page(connection, state, page, desk.clock.now())
    desk.scans.purge()
    assert not path.exists()
    assert not list((desk.profile.data / "desk-scans").iterdir())


def test_nothing_lies_in_the_clear(desk: Desk, tmp_path: Path) -> None:
    home = tmp_path / "home"
    draft = type_walk_in(desk, FOOD)
    data = large_pdf()
    desk.scanner.add_to_draft(draft.id, "申请书", put(tmp_path / "s", "a.pdf", data))
    case = desk.intake.receive(draft).cases[0]
    desk.sync.run_once()
    assert found_in(home, WORD) == []
    desk.scans.send_all()
    (listed,) = desk.scans.of_case(case.case_id)
    path = desk.scans.fetch(case.case_id, listed.scan.sha256)
    assert found_in(home, WORD) == [path], "the file that somebody looks at"
    assert listed.scan.sha256.encode() not in b"".join(
        str(one).encode() for one in home.rglob("*")
    ), "a name would tell which known file it is"
    desk.close()
    assert found_in(home, WORD) == []


def found_in(folder: Path, word: bytes) -> list[Path]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.name == "desk.db" for path in files)
    return [path for path in files if word in path.read_bytes()]


def test_what_a_crash_left_half_done_is_put_right(
    desk: Desk, clock: SettableClock, tmp_path: Path
) -> None:
    vault = desk.profile.data / "desk-scans"
    put(vault, "a-stray", b"bytes whose row was never written")
    desk.close()
    again = open_desk(get_profile("w1"), clock)
    assert not list(vault.iterdir())
    again.close()


def test_the_newest_files_of_the_scanner_come_first(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: SettableClock
) -> None:
    assert desk.scanner.candidates() == ()
    folder = tmp_path / "s"
    for age, name in enumerate(("new.PDF", "old.jpg", "older.txt")):
        path = put(folder, name, b"x")
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    desk.close()
    monkeypatch.setenv("CLERK_SCAN_DIR", str(folder))
    again = open_desk(get_profile("w1"), clock)
    assert [path.name for path in again.scanner.candidates()] == ["new.PDF", "old.jpg"]
    again.close()
