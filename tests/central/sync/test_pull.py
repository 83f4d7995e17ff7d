"""A desk sees what is its business, in order, as soon as it is there."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import httpx
import msgspec
import pytest
from msgspec.structs import replace

from central.db import cases, devices, feed, offices
from central.db.devices import Device
from central.db.engine import Connection, Database
from central.db.feed import Change
from central.http.edge import POLLS_READ_AT_ONCE
from central.running import running
from central.service import Central
from central.sync.bootstrap import AskBootstrap, bootstrap
from central.sync.pull import pull
from clerk.contract.command import AcceptCase, ReceiveCase
from clerk.contract.item import Department
from clerk.contract.sync import EntityKind, Page, Put, Remove
from tests.support.cases import CLERK, receive_command
from tests.support.central import (
    SIGN,
    MakeDesk,
    TalkingDesk,
    read,
    read_case,
    read_problem,
)
from tests.support.people import a_person

RECEIVE = replace(receive_command(), number="")
RECEIVE_SIGN = replace(RECEIVE, item=SIGN.id, item_version=SIGN.version, materials=())


def cases_in(page: Page) -> list[str]:
    return [one.id for one in page.items if one.kind == EntityKind.CASE]


def receive_at(desk: TalkingDesk, command: ReceiveCase = RECEIVE) -> str:
    case_id, answer = desk.receive(replace(command, window=desk.enrolled.window))
    assert answer.refusal is None
    return case_id


def test_a_window_never_gets_another_windows_case(make_desk: MakeDesk) -> None:
    one, two = make_desk(window="w1"), make_desk(window="w2")
    market, fire, culture = (make_desk(department=d) for d in ("market", "fire", "culture"))
    desks = (one, two, market, fire, culture)
    for desk in desks:
        desk.bootstrap()
    food, sign = receive_at(one), receive_at(two, RECEIVE_SIGN)
    seen = {
        desk.enrolled.window or desk.enrolled.department: cases_in(desk.pull()) for desk in desks
    }
    assert seen == {
        "w1": [food],
        "w2": [sign],
        "market": [food, sign],
        "fire": [sign],
        "culture": [],
    }
    assert [one.id for one in two.bootstrap() if one.kind == EntityKind.CASE] == [sign]
    assert all(one.kind is not EntityKind.CASE for one in culture.bootstrap())


def test_what_is_pulled_is_masked(enrolled_device: TalkingDesk) -> None:
    enrolled_device.bootstrap()
    receive_at(enrolled_device)
    (put,) = enrolled_device.pull().items
    assert isinstance(put, Put)
    assert a_person().id_number.encode() not in bytes(put.body)
    assert "*" in read_case(put).events[0].applicant.id_number  # type: ignore[union-attr]


def test_a_page_holds_each_thing_once_in_its_present_state(enrolled_device: TalkingDesk) -> None:
    enrolled_device.bootstrap()
    start = enrolled_device.cursor
    case_id = receive_at(enrolled_device)
    assert enrolled_device.act(case_id, AcceptCase(), CLERK, base=1).refusal is None
    page = enrolled_device.pull()
    (put,) = page.items
    assert put.version == 2
    assert page.start == start
    assert page.end == page.head > start


def test_an_empty_page_moves_the_cursor_over_what_others_got(make_desk: MakeDesk) -> None:
    one, two = make_desk(window="w1"), make_desk(window="w2")
    two.bootstrap()
    start = two.cursor
    receive_at(one)
    page = two.pull()
    assert not page.items
    assert page.end > start


def test_pages_end_where_they_are_full(central: Central, enrolled_device: TalkingDesk) -> None:
    enrolled_device.bootstrap()
    made = [receive_at(enrolled_device) for _ in range(3)]
    found, cursor = [], enrolled_device.cursor
    with central.database.read() as connection:
        device = get_device(connection, enrolled_device)
        for _ in made:
            page = pull(connection, device, cursor, rows=1)
            found += cases_in(page)
            cursor = page.end
        assert pull(connection, device, cursor, rows=1).items == ()
    assert found == made


def get_device(connection: Connection, desk: TalkingDesk) -> Device:
    device = devices.find(connection, desk.enrolled.device)
    assert device is not None
    return device


def test_a_bootstrap_is_resumable_page_by_page(
    central: Central, enrolled_device: TalkingDesk
) -> None:
    receive_at(enrolled_device)
    whole = enrolled_device.bootstrap()
    kinds = {one.kind for one in whole}
    not_here = {
        EntityKind.SETTING,
        EntityKind.BUNDLE,
        EntityKind.USUAL_TIME,
        EntityKind.FINDING,
        EntityKind.JOURNAL,
        EntityKind.MATTER,
    }
    assert kinds == set(EntityKind) - not_here
    found: list[Put] = []
    ask = AskBootstrap()
    with central.database.read() as connection:
        device = get_device(connection, enrolled_device)
        while True:
            page = bootstrap(connection, device, ask, rows=1)
            found += page.items
            ask = AskBootstrap(key=page.next_key, position=page.position)
            if not page.next_key:
                break
    assert [(one.kind, one.id) for one in found] == [(one.kind, one.id) for one in whole]


def test_what_is_lost_from_sight_is_removed(central: Central, enrolled_device: TalkingDesk) -> None:
    enrolled_device.bootstrap()
    case_id = receive_at(enrolled_device)
    enrolled_device.pull()
    gone = frozenset({"window:w1"})

    def lose(connection: Connection) -> None:
        cases.set_audiences(connection, case_id, gone, frozenset())
        lost = Change(
            kind=EntityKind.CASE, id=case_id, version=2, audiences=frozenset(), lost_by=gone
        )
        feed.announce(connection, (lost,))

    central.database.commit(lose)
    assert enrolled_device.pull().items == (Remove(EntityKind.CASE, case_id, 2),)


def test_a_long_poll_wakes_at_a_commit(make_desk: MakeDesk, central: Central) -> None:
    desk, other = make_desk(window="w1"), make_desk(department="market")
    other.bootstrap()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(other.pull, wait=25)
        until_somebody_waits(central)
        case_id = receive_at(desk)
        assert cases_in(waiting.result(timeout=10)) == [case_id]


def test_a_long_poll_wakes_for_another_process(make_desk: MakeDesk, central: Central) -> None:
    """A commit past this process, as of an import beside it: the watch finds it by its head."""
    desk = make_desk(window="w1")
    desk.bootstrap()
    elsewhere = Database(central.database.engine)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(desk.pull, wait=25)
        until_somebody_waits(central)
        elsewhere.commit(partial(add_department, name="new"))
        assert [one.id for one in waiting.result(timeout=10).items] == ["new"]


def until_somebody_waits(central: Central) -> None:
    until_so_many_wait(central, 1)


def until_so_many_wait(central: Central, many: int) -> None:
    pause = threading.Event()
    for _ in range(12_000):
        if len(central.wakeups) == many:
            return
        pause.wait(0.005)
    pytest.fail("nobody began to wait")


def test_a_long_poll_ends_empty_when_central_closes(make_desk: MakeDesk, central: Central) -> None:
    desk = make_desk(window="w1")
    desk.bootstrap()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(desk.pull, wait=25)
        until_somebody_waits(central)
        central.wakeups.close()
        assert waiting.result(timeout=10).items == ()


def test_a_central_that_comes_back_lets_desks_wait_again(central: Central) -> None:
    closed = []
    for _ in range(2):
        with running(central):
            closed.append(central.wakeups.closed)
        closed.append(central.wakeups.closed)
    assert closed == [False, True, False, True]


@pytest.mark.parametrize("cursor", ["-1", "x", "1e3", "9" * 40, "٣"])
def test_a_cursor_is_a_whole_number(enrolled_device: TalkingDesk, cursor: str) -> None:
    answer = enrolled_device.get("/sync/pull", cursor=cursor)
    assert read_problem(answer, 422).code == "pull.cursor_invalid"


def test_no_reader_misses_a_row_of_eight_writers(central: Central) -> None:
    """The positions become visible in their order: a bare sequence fails here on PostgreSQL."""
    writers, each = 8, 25
    seen: list[str] = []
    done = threading.Event()

    def write(writer: int) -> None:
        for n in range(each):
            central.database.commit(partial(add_department, name=f"{writer}-{n}"))

    def follow() -> None:
        cursor = 0
        while True:
            last_look = done.is_set()
            with central.database.read() as connection:
                rows = feed.rows_after(connection, frozenset({feed.ALL}), cursor, 1000)
            seen.extend(row.id for row in rows)
            cursor = rows[-1].position if rows else cursor
            if last_look and not rows:
                return

    with ThreadPoolExecutor(writers + 1) as pool:
        reader = pool.submit(follow)
        for one in [pool.submit(write, writer) for writer in range(writers)]:
            one.result()
        done.set()
        reader.result()
    written = {f"{writer}-{n}" for writer in range(writers) for n in range(each)}
    assert written <= set(seen)
    for writer in range(writers):
        mine = [one for one in seen if one.startswith(f"{writer}-")]
        assert mine == [f"{writer}-{n}" for n in range(each)]


def add_department(connection: Connection, name: str) -> None:
    change = offices.put_department(connection, Department(id=name, name=name))
    feed.announce(connection, (change,))


def test_big_pages_are_compressed(enrolled_device: TalkingDesk) -> None:
    answer = enrolled_device.call("/sync/bootstrap", {"key": "calendar:"})
    assert answer.headers["Content-Encoding"] in {"zstd", "gzip"}
    assert answer.json()["items"]
    plain = enrolled_device.call(
        "/sync/bootstrap", {"key": "calendar:"}, **{"Accept-Encoding": "x"}
    )
    assert "Content-Encoding" not in plain.headers
    assert plain.content == answer.content


def test_a_key_that_nobody_gave_out(enrolled_device: TalkingDesk) -> None:
    answer = enrolled_device.call("/sync/bootstrap", {"key": "people:"})
    assert read_problem(answer, 422).code == "bootstrap.key_unknown"


def test_the_generation_is_told(enrolled_device: TalkingDesk) -> None:
    page = read(enrolled_device.get("/sync/pull"), Page)
    assert page.generation == enrolled_device.generation
    assert msgspec.json.encode(page)


def test_desks_that_are_woken_together_are_not_refused_for_being_many(
    make_desk: MakeDesk, central: Central
) -> None:
    desk, many = make_desk(window="w1"), 30
    desk.bootstrap()
    central.workers._most = POLLS_READ_AT_ONCE + 2  # beside them, sweeps run
    with ThreadPoolExecutor(many) as pool:
        waiting = [pool.submit(poll_alone, desk) for _ in range(many)]
        until_so_many_wait(central, many)
        central.database.commit(partial(add_department, name="new"))
        answers = [one.result(timeout=30) for one in waiting]
    assert [answer.status_code for answer in answers] == [httpx.codes.OK] * many
    assert {one.id for answer in answers for one in read(answer, Page).items} == {"new"}


def poll_alone(desk: TalkingDesk) -> httpx.Response:
    """A long poll on a connection of its own."""
    with httpx.Client(base_url=desk.http.base_url, trust_env=False, timeout=60) as alone:
        asked = {"cursor": str(desk.cursor), "wait": "25"}
        return alone.get("/sync/pull", params=asked, headers=desk.headers())
