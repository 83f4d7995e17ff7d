"""Scans at central: in by chunks, whole by their hash, out to whoever sees the case."""

from __future__ import annotations

import hashlib
import itertools
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest
from msgspec.structs import replace

from central.blobs.limits import MOST_UNFINISHED
from central.blobs.store import BlobStore
from central.db import blobs
from central.jobs.unfinished import sweep_unfinished
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.command import AttachScan
from clerk.contract.scan import MediaType, Scan
from clerk.errors import InputError, StoreError
from tests.support.cases import CLERK, HANDLER, receive_command
from tests.support.central import OTHER_CLERK, MakeDesk, TalkingDesk, read_problem
from tests.support.scans import archive, blob

if TYPE_CHECKING:
    from pathlib import Path

RECEIVE = replace(receive_command(), number="")
CHUNK = 4096


def scan_of(data: bytes, material: str = "m1") -> Scan:
    return Scan(
        sha256=hashlib.sha256(data).hexdigest(),
        material=material,
        media_type=MediaType.PDF.value,
        size=len(data),
    )


def attached(desk: TalkingDesk, *datas: bytes) -> str:
    """A case with scans whose bytes have not come yet; no session is needed at the window."""
    window = desk.enrolled.window or "w1"
    case_id, answer = desk.receive(replace(RECEIVE, window=window))
    assert answer.refusal is None
    for base, data in enumerate(datas, 1):
        command = AttachScan(scan=scan_of(data))
        (answer,) = desk.send(desk.envelope(command, CLERK, case_id, base))
        assert answer.refusal is None
    return case_id


def path_of(data: bytes) -> str:
    return f"/blobs/{hashlib.sha256(data).hexdigest()}"


def look(desk: TalkingDesk, data: bytes) -> httpx.Response:
    return desk.http.head(path_of(data), headers=desk.headers())


def patch(
    desk: TalkingDesk, whole: bytes, start: int, data: bytes, total: int | None = None
) -> httpx.Response:
    told = {"Upload-Offset": str(start), "Upload-Length": str(total or len(whole))}
    return desk.http.patch(path_of(whole), content=data, headers=desk.headers() | told)


def upload(desk: TalkingDesk, data: bytes, sent: bytes | None = None) -> httpx.Response:
    sent = data if sent is None else sent
    answers = [
        patch(desk, data, start, sent[start : start + CHUNK])
        for start in range(0, len(sent), CHUNK)
    ]
    return answers[-1]


def fetch(desk: TalkingDesk, data: bytes, **headers: str) -> httpx.Response:
    return desk.http.get(path_of(data), headers=desk.headers() | headers)


def objects(central: Central, under: str = "") -> list[Path]:
    folder = central.blobs.folder
    assert folder is not None
    return [path for path in (folder / under).rglob("*") if path.is_file()]


def test_a_case_is_there_before_its_scans_and_they_follow(
    central: Central, enrolled_device: TalkingDesk
) -> None:
    data = blob(3 * CHUNK + 17)
    attached(enrolled_device, data)
    before = look(enrolled_device, data)
    assert (before.status_code, before.headers["Upload-Complete"]) == (204, "?0")
    assert patch(enrolled_device, data, 0, data[:CHUNK]).headers["Upload-Offset"] == str(CHUNK)
    assert look(enrolled_device, data).headers["Upload-Offset"] == str(CHUNK)
    answers = [
        patch(enrolled_device, data, start, data[start : start + CHUNK])
        for start in range(CHUNK, len(data), CHUNK)
    ]
    assert answers[-1].headers["Upload-Complete"] == "?1"
    enrolled_device.sign_in(CLERK.login)
    assert fetch(enrolled_device, data).content == data
    assert not objects(central, "parts")
    (kept,) = objects(central)
    assert kept.read_bytes() == data


def test_nothing_is_taken_that_no_case_has(enrolled_device: TalkingDesk) -> None:
    data = blob(100)
    assert look(enrolled_device, data).headers["Clerk-Problem"] == "blob.unknown"
    assert read_problem(patch(enrolled_device, data, 0, data), 404).code == "blob.unknown"
    odd = enrolled_device.http.put("/blobs/AB", content=data, headers=enrolled_device.headers())
    assert read_problem(odd, 404).code == "blob.unknown"


def test_a_small_one_goes_in_one_request_and_only_once(
    central: Central, enrolled_device: TalkingDesk, make_desk: MakeDesk
) -> None:
    data = blob(900)
    attached(enrolled_device, data)
    headers = enrolled_device.headers()
    answer = enrolled_device.http.put(path_of(data), content=data, headers=headers)
    assert (answer.status_code, answer.headers["Upload-Complete"]) == (204, "?1")
    other = make_desk(window="w2")
    attached(other, data)
    known = look(other, data)
    assert (known.headers["Upload-Complete"], known.headers["Upload-Offset"]) == ("?1", "900")
    assert len(objects(central)) == 1


def test_a_finished_one_never_changes(enrolled_device: TalkingDesk) -> None:
    data = blob(CHUNK)
    attached(enrolled_device, data)
    upload(enrolled_device, data)
    again = patch(enrolled_device, data, 0, blob(CHUNK, seed=2))
    assert again.headers["Upload-Complete"] == "?1"
    enrolled_device.sign_in(CLERK.login)
    assert fetch(enrolled_device, data).content == data


def test_a_wrong_hash_is_thrown_away_and_may_begin_anew(
    central: Central, enrolled_device: TalkingDesk
) -> None:
    data = blob(2 * CHUNK)
    attached(enrolled_device, data)
    spoilt = data[:-1] + bytes([data[-1] ^ 1])
    assert read_problem(upload(enrolled_device, data, spoilt), 422).code == "blob.hash_wrong"
    assert not objects(central)
    assert look(enrolled_device, data).headers["Upload-Offset"] == "0"
    assert upload(enrolled_device, data).headers["Upload-Complete"] == "?1"


def test_only_from_where_it_stands(enrolled_device: TalkingDesk) -> None:
    data = blob(3 * CHUNK)
    attached(enrolled_device, data)
    patch(enrolled_device, data, 0, data[:CHUNK])
    for start in (0, 2 * CHUNK):
        problem = read_problem(
            patch(enrolled_device, data, start, data[start : start + CHUNK]), 409
        )
        assert (problem.code, problem.parameters) == ("blob.offset", {"offset": str(CHUNK)})


def test_a_type_is_what_the_bytes_begin_with(enrolled_device: TalkingDesk) -> None:
    data = archive()
    attached(enrolled_device, data)
    assert read_problem(upload(enrolled_device, data), 415).code == "blob.type"
    assert look(enrolled_device, data).headers["Upload-Offset"] == "0"


def test_a_type_is_looked_at_again_in_the_end(
    central: Central, enrolled_device: TalkingDesk
) -> None:
    """A first chunk of one byte begins like nothing yet."""
    data = b"%PDF" + archive()
    attached(enrolled_device, data)
    answer = upload(enrolled_device, data)
    assert read_problem(answer, 415).code == "blob.type"
    assert not objects(central)


def test_too_large(central: Central, enrolled_device: TalkingDesk) -> None:
    data = blob(CHUNK)
    attached(enrolled_device, data)
    most = 20 * 1024 * 1024
    problem = read_problem(patch(enrolled_device, data, 0, data, total=most + 1), 413)
    assert (problem.code, problem.parameters) == ("blob.too_large", {"most_bytes": str(most)})
    assert not objects(central)


def test_offset_length_and_bytes_go_together(enrolled_device: TalkingDesk) -> None:
    data = blob(CHUNK)
    attached(enrolled_device, data)
    assert read_problem(patch(enrolled_device, data, 0, data, total=10), 422).code == (
        "blob.malformed"
    )
    bare = enrolled_device.http.patch(
        path_of(data), content=data, headers=enrolled_device.headers()
    )
    assert read_problem(bare, 422).code == "blob.malformed"


def test_a_desk_leaves_so_many_half_way(enrolled_device: TalkingDesk) -> None:
    datas = [blob(2 * CHUNK, seed) for seed in range(MOST_UNFINISHED + 1)]
    attached(enrolled_device, *datas)
    for data in datas[:-1]:
        assert patch(enrolled_device, data, 0, data[:CHUNK]).status_code == 204
    refused = patch(enrolled_device, datas[-1], 0, datas[-1][:CHUNK])
    assert read_problem(refused, 429).code == "blob.quota"
    assert refused.headers["Retry-After"]
    assert patch(enrolled_device, datas[0], CHUNK, datas[0][CHUNK:]).status_code == 204
    assert patch(enrolled_device, datas[-1], 0, datas[-1][:CHUNK]).status_code == 204


def test_one_desk_cannot_spoil_what_another_one_sends(
    enrolled_device: TalkingDesk, make_desk: MakeDesk
) -> None:
    data = blob(2 * CHUNK)
    attached(enrolled_device, data)
    other = make_desk(window="w2")
    attached(other, data)
    patch(other, data, 0, blob(CHUNK, seed=3))
    assert upload(enrolled_device, data).headers["Upload-Complete"] == "?1"
    assert look(other, data).headers["Upload-Complete"] == "?1"


def test_who_does_not_see_the_case_does_not_see_its_scans(
    enrolled_device: TalkingDesk, make_desk: MakeDesk
) -> None:
    data = blob(CHUNK)
    attached(enrolled_device, data)
    assert read_problem(fetch(enrolled_device, data), 401).code == "session.expired"
    enrolled_device.sign_in(CLERK.login)
    assert read_problem(fetch(enrolled_device, data), 404).code == "blob.awaited"
    upload(enrolled_device, data)
    other, market, fire = (
        make_desk(window="w2"),
        make_desk(department="market"),
        make_desk(department="fire"),
    )
    other.sign_in(OTHER_CLERK.login)
    assert read_problem(fetch(other, data), 404).code == "blob.unknown"
    assert look(other, data).headers["Clerk-Problem"] == "blob.unknown"
    assert look(fire, data).headers["Clerk-Problem"] == "blob.unknown"
    market.sign_in(HANDLER.login)
    assert fetch(market, data).content == data


def test_what_a_desk_has_promised_it_may_bring(
    central: Central, enrolled_device: TalkingDesk
) -> None:
    """The case has left its sight, but nobody else has the bytes."""
    from sqlalchemy import delete

    from central.db.schema import case_audiences

    data = blob(CHUNK)
    attached(enrolled_device, data)
    with central.database.write() as connection:
        connection.execute(delete(case_audiences))
    assert upload(enrolled_device, data).headers["Upload-Complete"] == "?1"
    enrolled_device.sign_in(CLERK.login)
    assert read_problem(fetch(enrolled_device, data), 404).code == "blob.unknown"


def test_in_parts(central: Central, enrolled_device: TalkingDesk) -> None:
    data = blob(1000)
    attached(enrolled_device, data)
    upload(enrolled_device, data)
    enrolled_device.sign_in(CLERK.login)
    first = fetch(enrolled_device, data, Range="bytes=0-99")
    assert (first.status_code, first.content) == (206, data[:100])
    assert first.headers["Content-Range"] == "bytes 0-99/1000"
    assert first.headers["Content-Type"] == "application/pdf"
    rest = fetch(enrolled_device, data, Range="bytes=100-")
    assert (rest.content, rest.headers["Content-Range"]) == (data[100:], "bytes 100-999/1000")
    for wrong in ("bytes=1000-", "bytes=5-4", "bytes=-5", "bytes=0-1,3-4", "lines=1-2"):
        problem = read_problem(fetch(enrolled_device, data, Range=wrong), 416)
        assert problem.code == "blob.range"
    looked = [one for one in audited(central) if one == "scan.fetched"]
    assert len(looked) == 1, "each look is on record once, not each part of it"


def audited(central: Central) -> list[str]:
    from sqlalchemy import select

    from central.db.schema import audit

    with central.database.read() as connection:
        return list(connection.execute(select(audit.c.action)).scalars())


def test_the_forgotten_is_cleared_away(
    central: Central, enrolled_device: TalkingDesk, clock: SettableClock
) -> None:
    old, young = blob(3 * CHUNK), blob(3 * CHUNK, seed=2)
    attached(enrolled_device, old, young)
    patch(enrolled_device, old, 0, old[:CHUNK])
    clock.put(clock.now() + timedelta(days=4))
    enrolled_device.hello()
    patch(enrolled_device, young, 0, young[:CHUNK])
    assert sweep_unfinished(central) == 1
    assert sweep_unfinished(central) == 0
    assert look(enrolled_device, old).headers["Upload-Offset"] == "0"
    assert look(enrolled_device, young).headers["Upload-Offset"] == str(CHUNK)
    assert len(objects(central, "parts")) == 1


def test_a_stray_chunk_is_cleared_away(central: Central, clock: SettableClock) -> None:
    """Central ended between the bytes and the note of them."""
    central.blobs.put_part(f"parts/d/{'0' * 64}/000000000000-3", b"abc")
    assert sweep_unfinished(central) == 0
    clock.put(clock.now() + timedelta(days=4000))
    assert sweep_unfinished(central) == 1
    assert not objects(central)


def test_an_upload_is_finished_by_a_repeat(central: Central, enrolled_device: TalkingDesk) -> None:
    """Central ended after the last chunk, before it looked at the whole."""
    data = blob(CHUNK)
    attached(enrolled_device, data)
    upload(enrolled_device, data)
    with central.database.write() as connection:
        from sqlalchemy import delete

        from central.db.scan_schema import blobs as table

        connection.execute(delete(table))
        begun = blobs.Upload(
            device=enrolled_device.enrolled.device,
            sha256=hashlib.sha256(data).hexdigest(),
            size=CHUNK,
            received=0,
        )
        blobs.begin_upload(connection, begun, central.clock.now())
        part = blobs.Part(0, CHUNK)
        assert blobs.add_part(connection, begun, part, central.clock.now())
    central.blobs.put_part(f"parts/{begun.device}/{begun.sha256}/{0:012}-{CHUNK}", data)
    told = look(enrolled_device, data)
    assert (told.headers["Upload-Offset"], told.headers["Upload-Complete"]) == (str(CHUNK), "?0")
    assert patch(enrolled_device, data, CHUNK, b"").headers["Upload-Complete"] == "?1"


def test_a_store_that_is_away_is_told(central: Central, enrolled_device: TalkingDesk) -> None:
    data = blob(CHUNK)
    attached(enrolled_device, data)
    upload(enrolled_device, data)
    for path in objects(central):
        path.unlink()
    enrolled_device.sign_in(CLERK.login)
    assert read_problem(fetch(enrolled_device, data), 503).code == "blobs.unavailable"


@pytest.mark.parametrize("kind", ["file", "memory"])
def test_every_kind_of_store_does_the_same(tmp_path: Path, kind: str) -> None:
    store = BlobStore(f"file://{tmp_path / 'objects'}" if kind == "file" else "memory:///")
    data, sha256 = blob(5000), "ab" * 32
    names = [f"parts/d/s/{start}" for start in (0, 2500)]
    for name, part in zip(names, (data[:2500], data[2500:]), strict=True):
        store.put_part(name, part)
    assert store.join_parts(names) == data
    store.put_blob(sha256, data)
    store.delete([*names, "parts/d/s/none"])
    parts = [store.read_blob(sha256, a, b) for a, b in itertools.pairwise((0, 1, 1, 5000))]
    assert b"".join(parts) == data
    assert store.read_blob(sha256, 10, 20) == data[10:20]
    with pytest.raises(StoreError, match=r"blobs\.unavailable"):
        store.join_parts(names)


def test_an_address_that_is_none() -> None:
    with pytest.raises(StoreError, match=r"blobs\.url"):
        BlobStore("nowhere:///x").put_part("parts/a", b"1")


def test_limits_are_a_setting(central: Central, monkeypatch: pytest.MonkeyPatch) -> None:
    from central.blobs.limits import MOST_VARIABLE, read_limits

    monkeypatch.setenv(MOST_VARIABLE, "1000")
    assert read_limits().most_bytes == 1000
    for wrong in ("0", "-1", "many"):
        monkeypatch.setenv(MOST_VARIABLE, wrong)
        with pytest.raises(InputError, match=r"blobs\.limit"):
            read_limits()
    assert central.blobs.folder is not None
