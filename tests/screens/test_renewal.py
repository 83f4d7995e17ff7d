"""A renewal undecided when its licence ended is put before a person, who answers by keys."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from central.acts import recording
from central.calendars import get_calendar
from central.db import feed
from central.db.engine import Connection
from central.jobs.by_the_clock import CLOCK
from clerk.contract.asking import AskAnswered
from clerk.contract.licence import Licence
from clerk.rules.case import Context
from clerk.rules.renewal import put_before_person
from services.bootstrap import Desk
from tests.screens.story import accept, at
from tests.support.cases import FOOD
from tests.support.desk import Hall
from tests.support.screens import LARGE, settle


async def test_a_renewal_undecided_at_the_end_is_confirmed_by_a_person(
    desk: Desk, there: Desk, hall: Hall
) -> None:
    (case_id,) = accept(desk, FOOD)
    hall.central.database.commit(partial(leave_undecided, hall=hall, case_id=case_id))
    there.sync.run_once()
    async with at(there, "market-approver", LARGE) as person:
        assert "Supervised: answer 1" in " ".join(person.text.split())
        person.app.open_case(case_id)
        await settle(person.pilot)
        assert "treated as renewed by law until decided" in " ".join(person.text.split())
        await person.press("ctrl+a", "enter")
        await person.type("filed in time")
        await person.press("enter")
        assert "The answer is given." in person.text
    there.sync.run_once()
    detail = there.cases.detail(case_id)
    assert isinstance(detail.record.events[-1], AskAnswered)
    answer = detail.case.asks[0].answer
    assert answer is not None
    assert (answer.holds, answer.text) == (True, "filed in time")


def leave_undecided(connection: Connection, hall: Hall, case_id: str) -> None:
    """A licence ends while this renewal of it is undecided."""
    loaded = recording.load_case(connection, case_id)
    assert loaded is not None
    now, calendar = hall.central.clock.now(), get_calendar(connection)
    old = Licence(
        id="l-1",
        type="food-licence",
        type_name="食品经营许可证",
        number="旧证1号",
        holder_name=loaded[0].applicant.name,
        issuer="市市场监督管理局",
        issued_on=now.date() - timedelta(days=100),
        valid_until=now.date() - timedelta(days=1),
    )
    context = Context(now=now, calendar=calendar, user=CLOCK)
    event = put_before_person(loaded[0], old, 3, context)
    moment = recording.Moment(now, calendar)
    _, change = recording.record_events(connection, loaded[0], (event,), moment)
    feed.announce(connection, (change,))
