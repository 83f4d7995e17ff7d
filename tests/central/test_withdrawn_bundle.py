"""A bundle that is withdrawn by its day: what goes on, and what begins no more."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from central.catalogue.coming import Doing
from central.catalogue.withdrawing import offer_bundle
from central.db import feed
from central.db.engine import Connection
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.command import ReceiveCase
from tests.central.test_projects import BUNDLE, Town
from tests.support.cases import MONDAY
from tests.support.central import MakeDesk

DAY = MONDAY + timedelta(days=10)
DOING = Doing(at=MONDAY, actor="admin", reason="改革")


def withdraw(connection: Connection) -> None:
    _, changes = offer_bundle(connection, BUNDLE.id, DAY.date(), DOING, withdrawn=True)
    feed.announce(connection, changes)


def test_a_withdrawn_bundle_goes_on_where_it_is_open_and_begins_no_more(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    town = Town(central, make_desk, clock)

    def numbered(project: str) -> ReceiveCase:
        return replace(town.command("trees", project), number=town.window.next_number())

    assert town.receive("land") == ""
    central.database.commit(withdraw)
    clock.put(DAY - timedelta(days=1))
    late = town.window.envelope(numbered("p2"))
    clock.put(DAY)
    over = town.window.envelope(numbered("p3"))
    town.window.hello()
    town.window.sessions.clear()
    kept, refused = town.window.send(late, over)
    assert kept.refusal is None, "with the line down, the day of the receipt decides"
    assert refused.refusal is not None
    assert refused.refusal.code == "bundle.withdrawn"
    assert refused.refusal.parameters == {"bundle": BUNDLE.name, "day": DAY.date().isoformat()}
    assert town.receive("trees") == "", "an open one goes on under its version"
    place = town.case("trees").place
    assert place is not None
    assert place.version == 1
    assert town.receive("relics", place=town.place("relics", "p4")) == "bundle.withdrawn"
