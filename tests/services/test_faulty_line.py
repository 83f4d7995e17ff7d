"""A line that delays, cuts and loses after central has committed: one effect, the same answer."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from sqlalchemy import text

from clerk.contract.case import Stage
from clerk.errors import ClerkError, UnreachableError
from clerk.rules.matter import MatterStage
from services.bootstrap import Desk
from tests.support.cases import FOOD
from tests.support.desk import Hall, OpenDesk, on_both_servers, type_walk_in
from tests.support.matters import INQUIRY, REPLY
from tests.support.proxy import Fate, Proxy

pytestmark = on_both_servers

PUSH = "/sync/push"
LATE = (Fate.ANSWER_LATE, Fate.REQUEST_LATE)
AT_ONCE = (
    *(Fate.PASSED, Fate.ANSWER_LOST, Fate.ANSWER_CUT),
    *(Fate.REQUEST_LOST, Fate.BUSY),
)


def answers_of(hall: Hall) -> list[bytes]:
    """The stored answers, in the order of their commands."""
    with hall.central.database.read() as connection:
        rows = connection.execute(text("select answer from commands order by n")).scalars()
        return [msgspec.json.encode(msgspec.json.decode(one)) for one in rows]


@pytest.mark.parametrize("fate", LATE)
def test_what_comes_late_changes_nothing_any_more(
    hall: Hall, far: Desk, proxy: Proxy, fate: Fate
) -> None:
    """The desk gives up waiting and repeats; the first request or its answer comes after that."""
    far.intake.receive(type_walk_in(far, FOOD))
    proxy.plan(PUSH, fate)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(far.sync.run_once)
        proxy.wait_until_held()
        far._line.interrupt()
        with pytest.raises(UnreachableError, match=r"answer\.awaited"):
            waiting.result(timeout=30)
    assert hall.count("cases") == (fate is Fate.ANSWER_LATE)
    far.sync.run_once()
    assert not far.sync.outbox()
    stored = answers_of(hall)
    proxy.release()
    assert (hall.count("cases"), hall.count("events"), hall.count("commands")) == (1, 1, 1)
    assert answers_of(hall) == stored
    assert len(hall.list_audit("receive.1")) == 1


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(n, marks=pytest.mark.soak) for n in range(1, 60))]
)
def test_a_working_day_over_a_bad_line(hall: Hall, far: Desk, proxy: Proxy, seed: int) -> None:
    """Whatever befalls each request, each act is one effect with one answer and one record."""
    chance = random.Random(seed)
    proxy.plan(PUSH, *chance.choices(AT_ONCE, k=40))
    proxy.plan("/sync/pull", *chance.choices(AT_ONCE, k=20))
    cases = []
    for place in range(4):
        (case,) = far.intake.receive(type_walk_in(far, FOOD, seed=place + 1)).cases
        cases.append(case.case_id)
        insist(far)
        accept_insistently(far, case.case_id)
    for _ in range(40):
        insist(far)
    assert not far.sync.outbox()
    assert {far.cases.detail(one).case.stage for one in cases} == {Stage.ACCEPTED}
    assert hall.count("cases") == 4
    assert (hall.count("commands"), hall.count("events")) == (8, 8)
    assert len(hall.list_audit("receive.1")) == len(hall.list_audit("accept.1")) == 4
    assert {fate for _path, fate in proxy.seen} >= {Fate.ANSWER_LOST, Fate.ANSWER_CUT}


def test_what_people_bring_over_a_bad_line_is_kept_once(
    hall: Hall, far: Desk, open_at: OpenDesk, proxy: Proxy
) -> None:
    """Lost, cut and answered late: taken in, answered and told, each of it once."""
    proxy.plan(PUSH, Fate.ANSWER_LOST, Fate.REQUEST_LOST, Fate.ANSWER_CUT, Fate.BUSY)
    far.matters.take(INQUIRY)
    for _ in range(8):
        insist(far)
    market = open_at("market", department="market", login="market-handler")
    market.matters.move(market.matters.list().matters[0], REPLY)
    insist(market)
    insist(far)
    proxy.plan(PUSH, Fate.ANSWER_CUT, Fate.ANSWER_LOST)
    far.matters.tell(far.matters.list().matters[0], "已告知")
    for _ in range(6):
        insist(far)
    assert not far.sync.outbox()
    (listed,) = far.matters.list().matters
    assert (listed.matter.stage, listed.record.version) == (MatterStage.TOLD, 3)
    assert not listed.waiting
    assert (hall.count("matters"), hall.count("commands")) == (1, 3)


def insist(desk: Desk) -> None:
    """Sync as the background would, once."""
    try:
        desk.sync.run_once()
    except ClerkError:
        return


def accept_insistently(desk: Desk, case_id: str) -> None:
    """As a clerk who is told that nothing happened presses the key again; else they wait."""
    while desk.cases.detail(case_id).case.stage is not Stage.ACCEPTED:
        try:
            desk.counter.accept(case_id)
        except UnreachableError:
            insist(desk)
