"""The clock accepts what nobody acted on, once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from msgspec.structs import replace

from central.db import cases
from central.jobs.deemed import sweep_deemed
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.case import DeemedAccepted, DocumentKind, Stage
from clerk.contract.command import AcceptCase
from clerk.rules.case import fold
from tests.support.cases import CLERK, receive_command
from tests.support.central import TalkingDesk

RECEIVE = replace(receive_command(), number="")


def test_a_sweep_twice_is_a_sweep_once(
    central: Central, enrolled_device: TalkingDesk, clock: SettableClock
) -> None:
    forgotten, _ = enrolled_device.receive(RECEIVE)
    accepted, _ = enrolled_device.receive(RECEIVE)
    assert enrolled_device.act(accepted, AcceptCase(), CLERK, base=1).refusal is None
    enrolled_device.bootstrap()
    clock.put(clock.now() + timedelta(days=7))  # the fifth working day
    assert sweep_deemed(central) == 0
    clock.put(clock.now() + timedelta(days=1))
    with ThreadPoolExecutor(3) as pool:
        counts = list(pool.map(lambda _: sweep_deemed(central), range(3)))
    assert sum(counts) == 1
    with central.database.read() as connection:
        record = cases.find_record(connection, forgotten)
    assert record is not None
    case = fold(record)
    assert isinstance(record.events[-1], DeemedAccepted)
    assert (case.stage, case.deemed, case.version) == (Stage.ACCEPTED, True, 2)
    assert case.accepted_from == case.received_at.date()
    assert case.documents[-1].kind is DocumentKind.ACCEPTANCE
    assert case.documents[-1].number == "市监受〔2026〕2号"
    enrolled_device.hello()
    assert [one.id for one in enrolled_device.pull().items] == [forgotten]
