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
from screens.intake.received import ReceivedScreen
from screens.intake.screen import IntakeScreen
from services.bootstrap import Desk
from tests.screens.story import at, receive
from tests.support.cases import FOOD, MONDAY
from tests.support.desk import Hall, open_paper, type_walk_in
from tests.support.screens import LARGE, settle

STEP = Step(key="decide", name="即办", act=Act.APPROVE, may_decide=True, at_window=True)
INSTANT = replace(FOOD, promised=Limit(0), flow=(STEP,))


def publish_instant(desk: Desk, hall: Hall) -> None:
    def put(connection: Connection) -> None:
        feed.announce(connection, publish(connection, [INSTANT], MONDAY).changes)

    hall.central.database.commit(put)
    desk.sync.run_once()


async def test_decided_on_the_spot_after_the_receipt(desk: Desk, hall: Hall) -> None:
    publish_instant(desk, hall)
    draft = type_walk_in(desk, INSTANT)
    async with at(desk, "counter", size=LARGE) as person:
        person.app.push_screen(IntakeScreen(draft.id))
        await settle(person.pilot)
        await person.press("ctrl+r", "ctrl+y")
        assert "Accept and grant now" in person.text
        await person.press("enter")
        await person.type("as it should be")
        await person.press("enter")
        assert "✓ Accepted and decided" in person.text
        screen = person.app.screen
        assert isinstance(screen, ReceivedScreen)
        told = [open_paper(one) for one in screen.cases[0].papers]
        assert "受理通知书" in told[0]
        assert "准予行政许可决定书" in told[1]
        case = desk.cases.detail(screen.cases[0].case_id).case
        assert case.outcome is Outcome.GRANTED
        await person.press("ctrl+y")
        assert person.front == "ReceivedScreen", "concluded is concluded"


async def test_decided_on_the_spot_with_both_papers(desk: Desk, hall: Hall) -> None:
    publish_instant(desk, hall)
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
