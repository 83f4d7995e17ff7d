"""An instant item at the window: accepted and decided in one sitting, two papers in hand."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from central.catalogue.publishing import publish
from central.db import feed
from central.db.engine import Connection
from clerk.contract.case import Outcome
from clerk.contract.item import Act, Step
from clerk.contract.limits import Limit
from services.bootstrap import Desk
from tests.screens.story import at, receive
from tests.support.cases import FOOD, MONDAY
from tests.support.desk import Hall, open_paper
from tests.support.screens import LARGE

STEP = Step(key="decide", name="即办", act=Act.APPROVE, may_decide=True, at_window=True)
INSTANT = replace(FOOD, promised=Limit(0), flow=(STEP,))


async def test_decided_on_the_spot_with_both_papers(desk: Desk, hall: Hall) -> None:
    def put(connection: Connection) -> None:
        feed.announce(connection, publish(connection, [INSTANT], MONDAY).changes)

    hall.central.database.commit(put)
    desk.sync.run_once()
    (case_id,) = receive(desk, INSTANT)
    async with at(desk, "counter", size=LARGE) as person:
        await person.press("enter", "ctrl+y", "enter")
        await person.type("as it should be")
        await person.press("enter")
        assert "Accepted and decided on the spot." in person.text
        case = desk.cases.detail(case_id).case
        assert case.outcome is Outcome.GRANTED
        said = str(person.app.screen.query_one("#case-said").render())
        papers = [Path(one.split(".pdf")[0] + ".pdf") for one in said.split("The paper is at ")[1:]]
        told = [open_paper(one) for one in papers]
        assert "受理通知书" in told[0]
        assert "准予行政许可决定书" in told[1]
