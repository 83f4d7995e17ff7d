"""What is usual is counted once a day from the decided cases, and told to the desks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from msgspec.structs import replace

from central.db import usual_times
from central.jobs.usual_times import sweep_usual_times
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.case import Outcome
from clerk.contract.command import AcceptCase, ClaimCase, DecideCase, PassStep
from clerk.contract.sync import EntityKind, Put
from clerk.contract.usual_time import UsualTime
from clerk.decoding import decode
from tests.support.cases import APPROVER, CLERK, FOOD, HANDLER, REVIEWER, receive_command
from tests.support.central import MakeDesk, TalkingDesk

RECEIVE = replace(receive_command(), number="")


def pass_days(clock: SettableClock, days: int, *desks: TalkingDesk) -> None:
    """So many days later; tokens and sessions have run out by then."""
    clock.put(clock.now() + timedelta(days=days))
    for desk in desks:
        desk.sessions.clear()
        desk.session = ""
        desk.hello()


def decide(window: TalkingDesk, there: TalkingDesk, clock: SettableClock, *days: int) -> None:
    """Cases that are received today and decided after so many days each, in rising order."""
    began = clock.now()
    opened = [window.receive(RECEIVE)[0] for _ in days]
    for case_id in opened:
        assert window.act(case_id, AcceptCase(), CLERK, base=1).refusal is None
        for user in (HANDLER, REVIEWER):
            there.act(case_id, ClaimCase(), user)
            there.act(case_id, PassStep(opinion="同意"), user)
    for case_id, later in zip(opened, days, strict=True):
        pass_days(clock, (began - clock.now()).days + later, window, there)
        there.act(case_id, ClaimCase(), APPROVER)
        granted = DecideCase(outcome=Outcome.GRANTED, opinion="同意")
        assert there.act(case_id, granted, APPROVER).refusal is None


def read(central: Central) -> tuple[int, UsualTime] | None:
    with central.database.read() as connection:
        return usual_times.find(connection, [FOOD.id]).get(FOOD.id)


def test_many_who_sweep_count_once_a_day_and_tell_once(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    window, there = make_desk(window="w1"), make_desk(department="market")
    decide(window, there, clock, 0, 1, 1, 2, 7)
    window.bootstrap()
    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(lambda _: sweep_usual_times(central), range(3))) == 1
    (put,) = window.pull().items
    assert isinstance(put, Put)
    assert (put.kind, put.id, put.version) == (EntityKind.USUAL_TIME, FOOD.id, 1)
    told = decode(put.body, UsualTime)
    assert told == UsualTime(
        item=FOOD.id, decided=5, counted_on=clock.now().date(), median_days=1, slow_days=5
    )
    assert put in window.bootstrap(), "a desk that begins anew is told too"
    clock.put(clock.now() + timedelta(days=1))
    assert sweep_usual_times(central) == 0, "the same figures are not told again"


def test_too_few_cases_say_so_and_old_ones_fall_out(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    window, there = make_desk(window="w1"), make_desk(department="market")
    assert sweep_usual_times(central) == 0, "nothing was decided yet"
    decide(window, there, clock, 1, 1, 1, 2)
    assert sweep_usual_times(central) == 1
    known = read(central)
    assert known is not None
    assert (known[1].decided, known[1].median_days, known[1].slow_days) == (4, None, None)
    clock.put(clock.now() + timedelta(days=366))
    assert sweep_usual_times(central) == 1
    known = read(central)
    assert known is not None
    assert (known[0], known[1].decided) == (2, 0)
