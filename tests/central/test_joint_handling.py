"""Joint handling that follows from a bundle, as central takes a case in."""

from __future__ import annotations

from msgspec.structs import replace

from central.db import cases
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.limits import Limit
from clerk.rules.case import fold
from tests.central.test_projects import Town
from tests.support.cases import receive_command
from tests.support.central import MakeDesk


def test_the_bundles_lead_brings_the_joint_limit(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    """Which department leads is central's to say, whatever a desk tells."""
    town = Town(central, make_desk, clock)
    town.receive("land")
    command = town.command("final")
    assert command.place is not None
    town.receive("final", place=replace(command.place, lead=""))
    final, land = town.case("final"), town.case("land")
    assert (final.terms.joint, final.terms.statutory) == (True, Limit(45))
    assert (land.terms.joint, land.terms.statutory) == (False, Limit(20))
    outside = replace(receive_command(), number="", item="final", item_version=1)
    case_id, answer = town.window.receive(outside)
    assert answer.refusal is None
    with town.central.database.read() as connection:
        record = cases.find_record(connection, case_id)
    assert record is not None
    assert fold(record).terms.statutory == Limit(20)
