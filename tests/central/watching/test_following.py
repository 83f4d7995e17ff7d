"""The board follows what happens and what time turns; its counts are always those of the rows."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from itertools import product

import pytest
from msgspec.structs import replace

from central import staff
from central.catalogue.publishing import publish
from central.db import catalogue, feed, watched
from central.restoring import mark_restored
from central.service import Central
from central.watching.following import catch_up, sweep_watched
from clerk.clock import SettableClock
from clerk.contract.case import DeclineGround, Outcome, Stage
from clerk.contract.command import (
    AcceptCase,
    ClaimCase,
    DecideCase,
    DeclineCase,
    PassStep,
    ProduceResult,
    ReleaseResult,
    UrgeCase,
)
from clerk.contract.session import SignIn
from clerk.contract.supervision import Board, WatchedCase, WatchedPage
from clerk.contract.user import Role, User
from tests.support.cases import APPROVER, CLERK, FOOD, HANDLER, REVIEWER, receive_command
from tests.support.central import MANAGER, PASSWORD, MakeDesk, TalkingDesk, read, read_problem
from tests.support.work_calendar import REAL_DATA

RECEIVE = replace(receive_command(), number="")


def counts_of(central: Central) -> Counter[tuple[str, ...]]:
    """The kept counts, once they are found to be those of the rows."""
    with central.database.read() as connection:
        kept = {
            (one.department, one.stage.value, one.step, one.light, one.statutory_light): one.count
            for one in watched.list_counts(connection)
        }
        assert kept == watched.count_anew(connection)
    return Counter(kept)


def ask_board(desk: TalkingDesk, mark: int = -1) -> Board:
    """The board, for whoever is signed in."""
    return read(desk.get("/supervision/board", mark=str(mark)), Board)


def test_an_open_case_is_counted_where_it_stands(
    central: Central, enrolled_device: TalkingDesk
) -> None:
    case_id, _ = enrolled_device.receive(RECEIVE)
    sweep_watched(central)
    assert counts_of(central) == {("market", "received", "", "green", "green"): 1}
    enrolled_device.act(case_id, AcceptCase(), CLERK)
    sweep_watched(central)
    assert counts_of(central) == {("market", "accepted", "承办", "green", "green"): 1}
    assert sweep_watched(central) == 0


def test_time_alone_turns_lights(
    central: Central, enrolled_device: TalkingDesk, clock: SettableClock
) -> None:
    case_id, _ = enrolled_device.receive(RECEIVE)
    enrolled_device.act(case_id, AcceptCase(), CLERK)
    seen: dict[tuple[str, ...], int] = {}
    for days in range(40):
        sweep_watched(central)
        ((key, _count),) = counts_of(central).items()
        seen.setdefault(key[3:], days)
        clock.put(clock.now() + timedelta(days=1))
    # Eight working days from Monday 1 June end on the 11th, twenty on the 30th (19 June is off);
    # the last two of the eight and the last four of the twenty are the warning.
    assert seen == {
        ("green", "green"): 0,
        ("yellow", "green"): 8,
        ("red", "green"): 11,
        ("red", "yellow"): 23,
        ("red", "red"): 30,
    }


def test_a_decided_case_stays_on_the_board_until_its_result_is_handed_over(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    made = replace(FOOD, result=replace(FOOD.result, produced=True))
    central.database.commit(partial(publish, items=[made], at=clock.now()))
    window, there = make_desk(window="w1"), make_desk(department="market")
    case_id, _ = window.receive(replace(RECEIVE, item_version=FOOD.version + 1))
    declined, _ = window.receive(RECEIVE)
    window.act(case_id, AcceptCase(), CLERK)
    sweep_watched(central)
    for user in (HANDLER, REVIEWER):
        there.act(case_id, ClaimCase(), user)
        there.act(case_id, PassStep(opinion="同意"), user)
    there.act(case_id, ClaimCase(), APPROVER)
    granted = there.act(case_id, DecideCase(outcome=Outcome.GRANTED, opinion="同意"), APPROVER)
    assert granted.refusal is None
    window.act(declined, DeclineCase(ground=DeclineGround.NOT_ELIGIBLE, reason="不符"), CLERK)
    seen: dict[tuple[str, ...], int] = {}
    for days in range(20):  # ten working days from Monday 1 June end on the 15th (Art. 44)
        sweep_watched(central)
        ((key, _count),) = counts_of(central).items()
        seen.setdefault(key, days)
        clock.put(clock.now() + timedelta(days=1))
    place = ("market", "decided", "in_production")
    assert seen == {
        (*place, "green", "green"): 0,
        (*place, "yellow", "yellow"): 10,
        (*place, "red", "red"): 15,
    }
    for desk in (window, there):
        desk.hello()
        desk.sessions.clear()
    assert there.act(case_id, ProduceResult(), HANDLER).refusal is None
    sweep_watched(central)
    assert counts_of(central) == {("market", "decided", "at_window", "red", "red"): 1}
    release = ReleaseResult(
        collector=RECEIVE.applicant.name, collector_id="", collector_kind="self", signature="已签"
    )
    assert window.act(case_id, release, CLERK).refusal is None
    sweep_watched(central)
    assert not counts_of(central)


def test_many_who_sweep_at_once_count_once(
    central: Central, enrolled_device: TalkingDesk, clock: SettableClock
) -> None:
    for _ in range(6):
        enrolled_device.receive(RECEIVE)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: sweep_watched(central), range(6)))
    assert counts_of(central).total() == 6
    clock.put(clock.now() + timedelta(days=30))
    with ThreadPoolExecutor(3) as pool:
        turned = list(pool.map(lambda _: sweep_watched(central), range(6)))
    assert sum(turned) == 6
    assert counts_of(central) == {("market", "received", "", "red", "red"): 6}


def test_another_calendar_moves_what_was_counted(
    central: Central, enrolled_device: TalkingDesk, clock: SettableClock
) -> None:
    case_id, _ = enrolled_device.receive(RECEIVE)
    enrolled_device.act(case_id, AcceptCase(), CLERK)
    sweep_watched(central)

    def due() -> object:
        with central.database.read() as connection:
            ((case,), _key) = watched.page(connection, watched.Query())
        return case.promised_due

    before = due()
    holiday = clock.now().date() + timedelta(days=2)
    changed = replace(REAL_DATA, version="later", holidays=(*REAL_DATA.holidays, holiday))

    def publish(connection: object) -> None:
        change = catalogue.add_calendar(connection, changed, clock.now())  # type: ignore[arg-type]
        feed.announce(connection, (change,))  # type: ignore[arg-type]

    central.database.commit(publish)
    assert not catch_up(central)
    assert due() == before + timedelta(days=1)  # type: ignore[operator]


def test_an_unchanged_board_is_not_sent_again(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    desk = make_desk(window="w1")
    desk.receive(RECEIVE)
    desk.sign_in(MANAGER.login)
    first = ask_board(desk)
    assert [one.count for one in first.counts] == [1]
    again = ask_board(desk, first.mark)
    assert (again.changed, again.counts) == (False, ())
    desk.receive(RECEIVE)
    later = ask_board(desk, first.mark)
    assert [one.count for one in later.counts] == [2]
    clock.put(clock.now() + timedelta(days=20))
    desk.hello()
    desk.sign_in(MANAGER.login)
    assert {one.light for one in ask_board(desk, later.mark).counts} == {"red"}


def test_who_watches_sees_what_is_theirs(central: Central, make_desk: MakeDesk) -> None:
    window, there = make_desk(window="w1"), make_desk(department="market")
    for _ in range(3):
        window.receive(RECEIVE)
    there.sign_in(APPROVER.login)
    board = ask_board(there)
    assert {one.department for one in board.counts} == {"market"}
    page = read(there.get("/supervision/cases", department="fire"), WatchedPage)
    assert len(page.cases) == 3, "an approver's department is not theirs to choose"
    there.sign_in(HANDLER.login)
    problem = read_problem(there.get("/supervision/board"), 403)
    assert problem.code == "user.role_needed"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"stage": "received"}, 2),
        ({"step": "承办"}, 1),
        ({"light": "red"}, 0),
        ({"text": "食品"}, 3),
        ({"text": "%"}, 0),
        ({"asked": "urge"}, 1),
        ({"asked": "escalated"}, 0),
    ],
)
def test_cases_are_filtered(
    central: Central, make_desk: MakeDesk, query: dict[str, str], found: int
) -> None:
    desk = make_desk(window="w1")
    cases = [desk.receive(RECEIVE)[0] for _ in range(3)]
    desk.act(cases[0], AcceptCase(), CLERK)
    assert desk.act(cases[1], UrgeCase(note="请尽快"), MANAGER).refusal is None
    ask_board(desk)
    page = read(desk.get("/supervision/cases", **query), WatchedPage)
    assert len(page.cases) == found
    assert all(one.stage in (Stage.RECEIVED, Stage.ACCEPTED) for one in page.cases)


@pytest.mark.parametrize(
    "query",
    [{"after": "x"}, {"order": "holder_name"}, {"order": "promised_due", "after": "x|y"}],
)
def test_a_key_or_order_that_is_none_is_refused(
    enrolled_device: TalkingDesk, central: Central, query: dict[str, str]
) -> None:
    enrolled_device.sign_in(MANAGER.login)
    problem = read_problem(enrolled_device.get("/supervision/cases", **query), 422)
    assert problem.code == "watched.query"


def test_pages_join_without_a_gap(central: Central, enrolled_device: TalkingDesk) -> None:
    wanted = {enrolled_device.receive(RECEIVE)[0] for _ in range(5)}
    sweep_watched(central)
    numbers = {}
    for order, backwards in product(("", "number", "item_name", "statutory_due"), (False, True)):
        found, key = list[WatchedCase](), ""
        asked = watched.Query(order=order, backwards=backwards, limit=2)
        for _page in range(3):
            with central.database.read() as connection:
                page, key = watched.page(connection, asked)
            found += page
            asked = replace(asked, after=key)
        assert not key
        assert len(found) == 5
        assert {one.id for one in found} == wanted
        numbers[order, backwards] = [one.number for one in found]
    assert numbers["number", False] == sorted(numbers["", False])
    for order in ("number", "item_name", "statutory_due"):
        assert numbers[order, True] == numbers[order, False][::-1]


def test_supervisors_work_for_the_centre_or_for_their_department(
    central: Central, make_desk: MakeDesk
) -> None:
    window, fire = make_desk(window="w1"), make_desk(department="fire")
    window.receive(RECEIVE)
    sweep_watched(central)
    for login, department in (("centre", ""), ("fire-head", "fire")):
        wanted = User(
            id="", login=login, name=login, roles=(Role.SUPERVISOR,), department=department
        )
        central.database.commit(
            partial(staff.add_user, wanted=wanted, password=PASSWORD, now=central.clock.now())
        )
    for desk in (window, fire):
        desk.sign_in("centre")
        assert sum(one.count for one in ask_board(desk).counts) == 1
    fire.sign_in("fire-head")
    assert ask_board(fire).counts == ()
    elsewhere = window.call("/session", SignIn(login="fire-head", password=PASSWORD))
    assert read_problem(elsewhere, 403).code == "session.elsewhere"


def test_a_restored_board_is_told_from_the_one_of_before(
    central: Central, enrolled_device: TalkingDesk, clock: SettableClock
) -> None:
    enrolled_device.receive(RECEIVE)
    enrolled_device.sign_in(MANAGER.login)
    known = ask_board(enrolled_device).mark
    central.database.commit(lambda connection: mark_restored(connection, clock.now()))
    with central.database.read() as connection:
        assert watched.find_state(connection).mark > known + 1_000_000
