"""What the counter tells before acceptance: due dates, what is usual, and on the receipt too."""

from __future__ import annotations

from datetime import timedelta

import msgspec
from msgspec.structs import replace

from central.db import feed, usual_times
from central.db.engine import Connection
from central.jobs.usual_times import sweep_usual_times
from clerk.clock import SettableClock
from clerk.contract.bundle import DraftProject
from clerk.contract.item import Bundle, BundleNode, Option
from clerk.contract.usual_time import UsualTime
from screens.intake.forecast import tell_visit
from screens.intake.received import ReceivedScreen
from services.bootstrap import Desk
from tests.screens.intake.conftest import OpenIntake
from tests.screens.intake.test_checklist import begin
from tests.support.cases import MONDAY
from tests.support.desk import Hall, OpenDesk, open_paper
from tests.support.screens import LARGE, SMALL

STALL = UsualTime(item="stall", decided=37, counted_on=MONDAY.date(), median_days=4, slow_days=9)
NEVER = "too few decided cases to say what is usual"


def tell(hall: Hall, *told: UsualTime) -> None:
    """Central tells what is usual."""

    def put(connection: Connection) -> None:
        feed.announce(connection, [usual_times.put(connection, one, 1) for one in told])

    hall.central.database.commit(put)


async def test_what_is_usual_is_told_before_acceptance_and_on_the_receipt(
    intake: OpenIntake, desk: Desk, hall: Hall
) -> None:
    tell(hall, STALL)
    desk.sync.run_once()
    draft = begin(desk, "stall", focus="items")
    hall.stop()
    async with intake(draft.id, LARGE) as walk:
        told = "usually 4 working days, nine in ten within 9 working days (37 cases, as of"
        shown = " ".join(walk.read("#items-chosen").split())
        assert "limit: 10 working days" in shown
        assert "accepted today, due on 2026-06-15" in shown
        assert told in shown, "with the line down too, with its date"
        assert "2026-06-01)" in shown
        assert "all is due by 2026-06-15 · at the usual pace 2026-06-05" in walk.read("#verdict")
        await walk.press("ctrl+r")
        screen = walk.app.screen
        assert isinstance(screen, ReceivedScreen)
        assert told in " ".join(walk.text.split())
        receipt = screen._received.receipt
        assert receipt is not None
        printed = "".join(open_paper(receipt).split())
        assert "一般4个工作日内办结，九成9个工作日内办结（37件，截至2026年6月1日）" in printed


async def test_too_few_cases_say_so(intake: OpenIntake, desk: Desk, hall: Hall) -> None:
    tell(hall, replace(STALL, decided=4, median_days=None, slow_days=None))
    desk.sync.run_once()
    draft = begin(desk, "stall", focus="items")
    async with intake(draft.id, SMALL) as walk:
        assert NEVER in " ".join(walk.read("#items-chosen").split())
        assert "usual pace" not in walk.read("#verdict")


async def test_a_date_beyond_the_calendar_is_marked(
    intake: OpenIntake, desk: Desk, clock: SettableClock
) -> None:
    draft = begin(desk, "stall", focus="items")
    clock.put(MONDAY.replace(month=12, day=28))
    async with intake(draft.id, LARGE) as walk:
        shown = " ".join(walk.read("#items-chosen").split())
        assert "due on ≈2027-01-1" in shown
        assert "≈ beyond the calendar known so far" in shown


async def test_items_of_a_bundle_finish_one_after_the_other(
    intake: OpenIntake, desk: Desk, hall: Hall
) -> None:
    tell(hall, STALL)
    desk.sync.run_once()
    bundle = Bundle(
        id="b",
        version=1,
        name="一件事",
        lead_department="market",
        stages=(Option("s1", "第一阶段"),),
        nodes=(
            BundleNode(item="stall", stage="s1", main=True),
            BundleNode(item="dance-hall", stage="s1", main=True, after=("stall",)),
        ),
    )
    draft = begin(desk, "stall", "dance-hall", focus="items")
    project = DraftProject(id="p", title="夜市", bundle=bundle)
    desk.drafts.save(msgspec.structs.replace(draft, project=project, bundle="b"))
    async with intake(draft.id, LARGE) as walk:
        told = desk.forecasts.of_visit(walk.app.screen.visit.items, project)  # type: ignore[attr-defined]
        # 10 and then 7 working days by the limits, with a holiday on the 19th; 4 and 7 usually.
        assert (told.due_on, told.usual_on) == (
            MONDAY.date() + timedelta(days=24),
            MONDAY.date() + timedelta(days=15),
        )
        assert [one.due_on is None for one in told.items] == [False, True]
        shown = " ".join(walk.read("#items-chosen").split())
        waits = "its limit begins once these are granted: 临时占道经营许可"
        assert waits in shown, "no day is promised to what waits"
        assert "Earliest finish, each item after those that it waits for" in tell_visit(told)


async def test_from_a_decision_at_central_to_the_desk(
    desk: Desk, hall: Hall, open_at: OpenDesk
) -> None:
    """The job's figures come with the feed, and with a bootstrap."""
    del desk
    assert sweep_usual_times(hall.central) == 0
    tell(hall, STALL)
    other = open_at("w2", window="w2", login="counter")
    item = other.catalogue.item("stall", 1)
    (told,) = other.forecasts.of_visit([item], None).items
    assert told.usual == STALL
