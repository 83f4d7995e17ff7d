"""The digest sums exactly what a bootstrap would bring, on both databases."""

from __future__ import annotations

import msgspec

from central.service import Central
from clerk.contract.sync import Digest, Mismatch
from clerk.sync.digest import sum_rows
from tests.support.cases import receive_command
from tests.support.central import MakeDesk, TalkingDesk, read


def ask(desk: TalkingDesk) -> Digest:
    return read(desk.get("/sync/digest"), Digest)


def test_it_sums_what_a_bootstrap_brings(make_desk: MakeDesk) -> None:
    window, other = make_desk(window="w1"), make_desk(window="w2")
    for _ in range(3):
        window.receive(msgspec.structs.replace(receive_command(), number=""))
    for desk in (window, other, make_desk(department="market")):
        puts = desk.bootstrap()
        told = ask(desk)
        assert (told.count, told.value) == sum_rows((p.kind, p.id, p.version) for p in puts)
        assert told.position == desk.cursor
        assert told.scope_version == 1
    assert ask(other).count == ask(window).count - 3


def test_a_mismatch_is_put_down(central: Central, enrolled_device: TalkingDesk) -> None:
    told = Mismatch(position=3, count=2, value="00")
    assert enrolled_device.call("/sync/mismatch", told).status_code == 204
    with central.database.read() as connection:
        rows = connection.exec_driver_sql(
            "select subject from audit where action = 'digest.mismatch'"
        )
        assert rows.scalars().all() == [enrolled_device.enrolled.device]
