"""What a desk exempted, looked at once more: what does not hold is asked for, and recorded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import delete, select, update

from central.catalogue.publishing import publish
from central.db import cases, catalogue
from central.db.engine import Connection
from central.db.schema import audit, licences, people
from central.service import Central
from clerk.contract.case import MaterialState, Ticked
from clerk.contract.licence import LicenceStatus
from clerk.rules.case import fold
from clerk.rules.exemption import Flaw
from tests.support.cases import FOOD, MONDAY, receive_command, with_states
from tests.support.central import TalkingDesk, hold_licence

RECEIVE = replace(receive_command(), number="")
YESTERDAY = (MONDAY - timedelta(days=1)).date()
STANDS = {"m2": ("population:person.name",)}
FACT_FOOD = replace(
    FOOD,
    materials=tuple(
        replace(one, replaced_by=STANDS.get(one.key, one.replaced_by)) for one in FOOD.materials
    ),
)
"""The food item, whose copy of an identity card the population register stands for."""


def exempted(evidence: str) -> tuple[Ticked, ...]:
    ticks = with_states(m2=MaterialState.EXEMPTED)
    return tuple(replace(one, evidence=evidence) if one.key == "m2" else one for one in ticks)


def tick_of(central: Central, case_id: str) -> Ticked:
    with central.database.read() as connection:
        record = cases.find_record(connection, case_id)
    assert record is not None
    return {one.key: one for one in fold(record).materials}["m2"]


@pytest.mark.parametrize(
    ("change", "flaw"),
    [
        ({"valid_until": YESTERDAY}, Flaw.EXPIRED),
        ({"status": LicenceStatus.SUSPENDED.value}, Flaw.SUSPENDED),
        ({"status": LicenceStatus.REVOKED.value}, Flaw.REVOKED),
        ({"holder_name": "另有其人"}, Flaw.OTHER_NAME),
        ({"holder_number": "620102199001010000"}, Flaw.OTHER_NUMBER),
    ],
)
def test_what_does_not_hold_is_asked_for_with_why_and_recorded(
    central: Central, enrolled_device: TalkingDesk, change: dict[str, object], flaw: Flaw
) -> None:
    central.database.commit(hold_licence)
    central.database.commit(lambda c: c.execute(update(licences).values(change)))
    case_id, answer = enrolled_device.receive(replace(RECEIVE, materials=exempted("licence-R-1")))
    assert answer.refusal is None, "the applicant has the receipt"
    tick = tick_of(central, case_id)
    assert (tick.state, tick.evidence, tick.note) == (MaterialState.MISSING, "", flaw)
    with central.database.read() as connection:
        details = connection.execute(select(audit).where(audit.c.subject == case_id)).all()
    told = [one for one in details if f"{flaw.value}:m2" in str(one)]
    assert len(told) == 1, "the audit record says what was asked for after all, and why"


@pytest.mark.parametrize(
    ("registered", "state"),
    [
        (True, MaterialState.EXEMPTED),
        (False, MaterialState.MISSING),
    ],
)
def test_a_fact_of_an_own_register_is_read_anew(
    central: Central, enrolled_device: TalkingDesk, *, registered: bool, state: MaterialState
) -> None:
    def furnish(connection: Connection) -> None:
        publish(connection, (FACT_FOOD,), MONDAY)
        if not registered:
            connection.execute(delete(people))

    central.database.commit(furnish)
    with central.database.read() as connection:
        newest = catalogue.find_item(connection, FOOD.id)
    assert newest is not None
    command = replace(
        RECEIVE, materials=exempted("population:person.name"), item_version=newest.version
    )
    case_id, answer = enrolled_device.receive(command)
    assert answer.refusal is None
    tick = tick_of(central, case_id)
    assert tick.state is state
    expected = "人口库 姓名" if registered else Flaw.NOT_HELD
    assert tick.note.startswith(expected)


def test_a_fact_that_the_item_does_not_name_stands_for_nothing(
    central: Central, enrolled_device: TalkingDesk
) -> None:
    ticks = exempted("population:person.name")
    case_id, answer = enrolled_device.receive(replace(RECEIVE, materials=ticks))
    assert answer.refusal is None
    assert tick_of(central, case_id).state is MaterialState.MISSING
