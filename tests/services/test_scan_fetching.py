"""Scans that another desk took: fetched in parts, checked, kept, and never left in the clear."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from clerk.contract.scan import BLOB_CHUNK_BYTES
from clerk.errors import InputError, RefusedError, StoreError, UnreachableError
from services.bootstrap import Desk
from services.scans import ScanState
from tests.services.scan_story import attached_and_sent, large_pdf, received, state_of
from tests.support.cutting import breaking
from tests.support.desk import Hall, OpenDesk
from tests.support.scans import blob, put


def test_a_department_fetches_and_keeps_it(
    hall: Hall, desk: Desk, open_at: OpenDesk, tmp_path: Path
) -> None:
    data = large_pdf()
    case_id = attached_and_sent(desk, tmp_path / "s", data)
    market = open_at("market", department="market", login="market-handler")
    (listed,) = market.scans.of_case(case_id)
    assert listed.state is ScanState.ELSEWHERE
    path = market.scans.fetch(case_id, listed.scan.sha256)
    assert path.read_bytes() == data
    assert path.suffix == ".pdf"
    assert os.name == "nt" or path.stat().st_mode & 0o077 == 0
    assert hall.list_audit("scan.fetched") == [case_id]
    assert state_of(market, case_id) == [ScanState.AT_CENTRAL]
    market.session.lock()
    assert not path.exists(), "nothing stays in the clear on a locked desk"
    hall.stop()
    again = market.scans.fetch(case_id, listed.scan.sha256)
    assert again.read_bytes() == data
    market.close()
    assert not again.exists()


def test_a_fetch_goes_on_where_it_was_cut(
    hall: Hall, desk: Desk, open_at: OpenDesk, tmp_path: Path
) -> None:
    data = large_pdf(10 * BLOB_CHUNK_BYTES)
    case_id = attached_and_sent(desk, tmp_path / "s", data)
    sha256 = hashlib.sha256(data).hexdigest()
    with breaking(hall.address, towards_desk=True) as cut:
        market = open_at("m", department="market", login="market-handler", address=cut.address)
        before = cut.carried
        cut.cuts += [5 * BLOB_CHUNK_BYTES + 777, 2 * BLOB_CHUNK_BYTES]
        for _ in range(2):
            with pytest.raises(UnreachableError, match=r"line\.down"):
                market.scans.fetch(case_id, sha256)
        assert market.scans.fetch(case_id, sha256).read_bytes() == data
        assert cut.carried - before < len(data) + 2 * BLOB_CHUNK_BYTES + 60_000
        market.close()


def test_what_is_not_there_yet_is_told(desk: Desk, open_at: OpenDesk, tmp_path: Path) -> None:
    case_id = received(desk)
    desk.counter.accept(case_id)
    scan = desk.scanner.add_to_case(case_id, "m1", put(tmp_path / "s", "a.pdf", large_pdf()))
    desk.sync.run_once()
    market = open_at("market", department="market", login="market-handler")
    with pytest.raises(RefusedError, match=r"blob\.awaited"):
        market.scans.fetch(case_id, scan.sha256)
    with pytest.raises(InputError, match=r"scan\.unknown"):
        market.scans.fetch(case_id, "0" * 64)
    other = open_at("w2", window="w2", login="other")
    with pytest.raises(StoreError, match=r"case\.unknown"):
        other.scans.fetch(case_id, scan.sha256)


def test_what_came_other_than_it_was_taken_is_not_shown(
    hall: Hall, desk: Desk, open_at: OpenDesk, tmp_path: Path
) -> None:
    data = large_pdf()
    case_id = attached_and_sent(desk, tmp_path / "s", data)
    folder = hall.central.blobs.folder
    assert folder is not None
    (kept,) = [path for path in (folder / "blobs").rglob("*") if path.is_file()]
    kept.write_bytes(blob(len(data)))
    market = open_at("market", department="market", login="market-handler")
    sha256 = hashlib.sha256(data).hexdigest()
    with pytest.raises(StoreError, match=r"scan\.damaged"):
        market.scans.fetch(case_id, sha256)
    kept.write_bytes(data)
    assert market.scans.fetch(case_id, sha256).read_bytes() == data
