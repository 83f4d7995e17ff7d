"""The power goes in the middle of a word; afterwards the clerk goes on in the middle of it."""

from __future__ import annotations

import shutil

from screens.intake.checklist import Checklist
from screens.intake.row import Box
from tests.flows.town import WINDOW, Town, profile_at
from tests.support.desk import Hall
from tests.support.storyteller import PASSWORD, Clerk, sit_down

HALF_A_WORD = "示范路1"


async def test_a_walk_in_is_restored_to_the_very_field(town: Town, hall: Hall) -> None:
    """The disk is taken as it is while the program runs: nothing was closed or flushed."""
    firm, login = town.told.organisations[0], town.told.counter[0]
    async with sit_down(town.desk(WINDOW, hall), Clerk, login) as clerk:
        await clerk.begins()
        await clerk.types_id(firm.uscc)
        await clerk.chooses("spjyxk")
        await clerk.answers(1, 2)
        await clerk.presses("space", "down", "down", "space")
        ticked = clerk.reads("Checklist").count("☑")
        await clerk.presses("ctrl+down")
        await clerk.goes_to_field("premises-address")
        await clerk.types(HALF_A_WORD)
        shutil.copytree(town.folder / "desks" / WINDOW, town.folder / "desks" / "after")
        place = clerk.place
        assert place == "field:premises-address"

    restarted = town.open(profile_at(town.folder, "after"), hall)
    async with sit_down(restarted, Clerk, login) as clerk:
        assert firm.name[:4] in clerk.sees, f"among the drafts\n{clerk.sees}"
        await clerk.presses("enter")
        assert clerk.place == place
        box = clerk.walk.app.focused
        assert isinstance(box, Box)
        assert box.value == HALF_A_WORD
        await clerk.types("号")
        assert box.value == HALF_A_WORD + "号", "the cursor stands where typing goes on"
        assert clerk.reads("Checklist").count("☑") == ticked == 2
        assert clerk.walk.app.screen.query_one(Checklist).lines
        assert firm.name in clerk.reads("#card-beside")
        assert clerk.is_told("1 食品经营许可", "#items-chosen")


async def test_a_draft_waits_for_whoever_typed_it(town: Town, hall: Hall) -> None:
    """Locked in the middle; a colleague works at the desk meanwhile and is shown nothing of it."""
    person, (login, colleague, *_others) = town.told.people[0], town.told.counter
    async with sit_down(town.desk(WINDOW, hall), Clerk, login) as clerk:
        await clerk.begins()
        await clerk.types_id(person.id_number)
        await clerk.chooses("spjyxk")
        await clerk.presses("f8")
        assert person.name not in clerk.sees, "nobody passing by reads it"
        await clerk.signs_in(colleague, PASSWORD)
        assert person.name not in clerk.sees
        await clerk.presses("f8")
        await clerk.signs_in(login, PASSWORD)
        assert person.name in clerk.sees
        await clerk.presses("enter")
        assert person.name in clerk.reads("#card-beside")
        assert clerk.place == "items"
