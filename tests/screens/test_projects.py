"""A bundle application at the desks: taken in, gone on with, seen as a whole, countersigned."""

from __future__ import annotations

from functools import partial

import pytest
from msgspec.structs import replace

from central.catalogue.bundles import publish_bundles
from central.catalogue.publishing import publish
from central.db import feed
from central.db.engine import Connection
from clerk.contract.case import ClockState, MaterialState, Outcome, Stance
from clerk.contract.item import Act, Bundle, BundleNode, Joint, Option, Signer, Step
from clerk.contract.limits import Limit
from clerk.rules.case import Case
from services.bootstrap import Desk
from tests.screens.story import Person, at
from tests.support.cases import FOOD, MONDAY
from tests.support.desk import PASSWORD, Hall, OpenDesk
from tests.support.people import a_person
from tests.support.photographer import Photographer
from tests.support.screens import LARGE, settle

JOINT = replace(
    FOOD,
    id="final",
    name="竣工联合验收",
    version=1,
    materials=FOOD.materials[:1],
    flow=(
        Step(
            key="joint",
            name="联合验收",
            act=Act.APPROVE,
            may_decide=True,
            joint=Joint(signers=(Signer("construction", "市城市管理局"),), limit=Limit(3)),
        ),
    ),
)
BUNDLE = Bundle(
    id="shop",
    version=1,
    name="开办餐馆一件事",
    lead_department="market",
    stages=(Option("s1", "登记"), Option("s2", "准营")),
    nodes=(
        BundleNode(item="food", stage="s1", main=True),
        BundleNode(item="sign", stage="s2", main=False, after=("food",)),
        BundleNode(item="final", stage="s2", main=True, after=("food",)),
    ),
)


@pytest.fixture
def town(hall: Hall, open_at: OpenDesk) -> Desk:
    """A window whose catalogue has a bundle."""

    def lay(connection: Connection) -> None:
        changes = publish(connection, [replace(JOINT, version=1)], MONDAY).changes
        feed.announce(connection, [*changes, *publish_bundles(connection, [BUNDLE])])

    hall.central.database.commit(lay)
    return open_at("w1", window="w1")


async def choose_bundle(person: Person) -> None:
    """Begin a walk-in and find the bundle by its initials."""
    await person.press("f2")
    await person.type(a_person().id_number)
    await person.press("enter")
    while str(getattr(person.app.focused, "place", "")) != "items":
        await person.press("ctrl+down")
    await person.type("kbcg")
    assert "bundle of 3 items" in person.text
    await person.press("enter")


async def take_in(person: Person, *marks: str) -> None:
    """A new application: its name, the handover, the items that are asked for now."""
    await choose_bundle(person)
    await person.type("街角餐馆")
    await person.press("ctrl+y", "enter", *marks, "enter")


async def open_page(person: Person, case_id: str) -> None:
    """The page of a case, read."""
    person.app.open_case(case_id)
    await settle(person.pilot)


def case_of(desk: Desk, item: str) -> Case:
    rows = desk.cases.page(desk.cases.query_of(desk.cases.queues()[-1]))
    (row,) = [one for one in rows if one.item == item]
    return desk.cases.detail(row.id).case


async def finish(person: Person) -> None:
    """Tick what is asked for, and give the receipt."""
    while not str(getattr(person.app.focused, "place", "")).startswith("line:"):
        await person.press("ctrl+down")
    await person.press("a", "ctrl+r")
    assert person.front == "ReceivedScreen"


def sync_all(*desks: Desk) -> None:
    for desk in desks:
        desk.sync.run_once()


async def test_a_bundle_is_taken_in_by_its_initials(town: Desk) -> None:
    async with at(town, "counter", LARGE) as person:
        await take_in(person, "down", "space")
        assert "街角餐馆" in person.text
        assert "登记" in person.text
        assert "准营 · 市城市管理局" in person.text
        await finish(person)
    sync_all(town)
    food, sign = case_of(town, "food"), case_of(town, "sign")
    assert food.place is not None
    assert sign.place is not None
    assert food.place.project == sign.place.project
    assert (food.place.title, food.place.together) == ("街角餐馆", False)
    assert [one.item for one in sign.waits_for] == ["food"]
    assert food.waits_for == ()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
async def test_the_whole_is_seen_on_one_page(
    town: Desk, language: str, request: pytest.FixtureRequest
) -> None:
    async with at(town, "counter", LARGE) as person:
        await take_in(person, "down", "space")
        await finish(person)
    sync_all(town)
    async with at(town, "counter", LARGE) as person:
        await open_page(person, case_of(town, "sign").id)
        assert "To accept by 2026-06-08" in person.text
        assert "Promised" not in person.text, "its limit has not begun, nor is it known when"
        await person.press("enter", "enter")
        assert person.front == "ProjectScreen"
        assert "── 1 登记" in person.text
        assert "● 食品经营许可" in person.text
        assert "○ 户外广告" in person.text
        assert "★" in person.text
        assert "Critical path ★: 食品经营许可 → 竣工联合验收" in person.text
        assert "Not asked for yet" in person.text
        await person.press(*["f9"] * (language == "zh_CN"))
        renew = bool(request.config.getoption("--renew-snapshots"))
        photographer = Photographer(language, renew=renew)
        photographer.person = person
        await photographer.shoot("project")
        assert not photographer.faults, "\n".join(photographer.faults)
        await person.press("down", "enter")
        assert person.front == "CaseScreen"
        assert "食品经营许可" in person.text


async def test_a_later_visit_goes_on_with_the_application(town: Desk, open_at: OpenDesk) -> None:
    async with at(town, "counter", LARGE) as person:
        await take_in(person)
        await finish(person)
    sync_all(town)
    other = open_at("w2", window="w2")
    async with at(other, "counter", LARGE) as person:
        await choose_bundle(person)
        assert "go on with 街角餐馆, 1 item so far" in person.text
        await person.press("enter")
        assert "食品经营许可" not in person.text.split("asked for now?")[1]
        await person.press("space", "enter")
        draft = other.drafts.list()[0]
        assert {key: one.state for key, one in draft.ticks.items()} == {
            "id-card": MaterialState.PROVIDED
        }
        await finish(person)
        # By the receipt of the other window the whole is found, too.
        number = case_of(town, "food").number
        await person.press("escape", "f3")
        await person.type(number)
        await person.press("enter")
        assert person.front == "ProjectScreen"
        assert "街角餐馆" in person.text
    sync_all(other, town)
    first, second = case_of(town, "food").place, case_of(other, "sign").place
    assert first is not None
    assert second is not None
    assert first.project == second.project


async def test_with_the_line_down_a_new_application_can_be_begun(town: Desk, hall: Hall) -> None:
    async with at(town, "counter", LARGE) as person:
        hall.stop()
        await take_in(person, "down", "space")
        assert "only a new application" in person.toasts
        while not str(getattr(person.app.focused, "place", "")).startswith("line:"):
            await person.press("ctrl+down")
        await person.press("a", "ctrl+r")
        await person.type("Li")
        await finish(person)
    assert [one.item for one in case_of(town, "sign").waits_for] == ["food"]
    hall.start()
    sync_all(town)
    assert case_of(town, "sign").place is not None


async def decide(desk: Desk, case_id: str, outcome: Outcome) -> None:
    """Three people of the food department."""
    sync_all(desk)
    for step in ("handler", "reviewer"):
        desk.session.sign_in(f"market-{step}", PASSWORD)
        desk.casework.claim(case_id)
        desk.casework.pass_step(case_id, "看过")
    desk.session.sign_in("market-approver", PASSWORD)
    desk.casework.claim(case_id)
    if outcome is Outcome.GRANTED:
        desk.casework.grant(case_id, "准予")
    else:
        desk.casework.refuse(case_id, "不准予", "场所不符合规定")


async def test_a_refusal_is_told_at_the_window(town: Desk, open_at: OpenDesk) -> None:
    async with at(town, "counter", LARGE) as person:
        await take_in(person, "down", "space")
        await finish(person)
    sync_all(town)
    food, sign = case_of(town, "food"), case_of(town, "sign")
    for case in (food, sign):
        town.counter.accept(case.id)
    assert case_of(town, "sign").clock is ClockState.NOT_STARTED
    await decide(open_at("market", department="market"), food.id, Outcome.REFUSED)
    sync_all(town)
    held = next(one for one in town.cases.queues() if one.key == "held")
    assert [row.id for row in town.cases.page(town.cases.query_of(held))] == [sign.id]
    async with at(town, "counter", LARGE) as person:
        await open_page(person, sign.id)
        await person.press("f5")
        assert "Held up: 食品经营许可 came to nothing." in person.text
        await person.press("enter", "enter")
        assert "held up by a refusal" in person.text
        assert "never, as things are" in person.text
        await person.press("escape", "ctrl+z")
        await person.type("another place")
        await person.press("enter")
    sync_all(town)
    assert town.cases.page(town.cases.query_of(held)) == ()


async def test_a_department_waives_what_is_held_already(town: Desk, open_at: OpenDesk) -> None:
    async with at(town, "counter", LARGE) as person:
        await take_in(person, "space", "down", "space")
        await finish(person)
    sync_all(town)
    sign = case_of(town, "sign")
    town.counter.accept(sign.id)
    office = open_at("construction", department="construction")
    sync_all(office)
    async with at(office, "construction-handler", LARGE) as person:
        await open_page(person, sign.id)
        await person.press("ctrl+w", "enter")
        assert "You have not claimed case" in person.toasts
        await person.press("ctrl+o", "ctrl+w", "enter", "enter")
        await person.type("licence of 2024 shown")
        await person.press("enter")
        assert "The case waits for it no more." in person.text
    sync_all(town)
    assert case_of(town, "sign").clock is ClockState.RUNNING


async def test_a_joint_step_is_countersigned_from_the_worklist(
    town: Desk, open_at: OpenDesk
) -> None:
    async with at(town, "counter", LARGE) as person:
        await take_in(person, "down", "down", "space")
        await finish(person)
    sync_all(town)
    food, final = case_of(town, "food"), case_of(town, "final")
    for case in (food, final):
        town.counter.accept(case.id)
    market = open_at("market", department="market")
    await decide(market, food.id, Outcome.GRANTED)
    office = open_at("construction", department="construction")
    sync_all(office)
    office.session.sign_in("construction-handler", PASSWORD)
    asked = next(one for one in office.cases.queues() if one.key == "countersign")
    assert [row.id for row in office.cases.page(office.cases.query_of(asked))] == [final.id]
    async with at(office, "construction-handler", LARGE) as person:
        await open_page(person, final.id)
        await person.press("f5")
        assert "joint review: all must agree" in person.text
        assert "to speak until" in person.text
        await person.press("ctrl+a", "down", "enter")
        await person.type("repaint the wall")
        await person.press("enter")
        assert "The opinion is given." in person.text
        assert "市城市管理局: Agrees with conditions · repaint the wall" in person.text
    assert office.cases.page(office.cases.query_of(asked)) == ()
    market.casework.claim(final.id)
    market.casework.grant(final.id, "通过")
    sync_all(town)
    told = case_of(town, "final")
    assert told.outcome is Outcome.GRANTED
    assert [one.stance for one in told.opinions] == [Stance.CONDITIONS]


async def test_the_applicant_changes_how_results_are_handed_over(town: Desk) -> None:
    async with at(town, "counter", LARGE) as person:
        await take_in(person)
        await finish(person)
        await person.press("escape")
        sync_all(town)
        await open_page(person, case_of(town, "food").id)
        await person.press("enter", "enter", "ctrl+w", "down", "enter")
        assert "The choice is recorded." in person.toasts
        assert "Results together, stage by stage" in person.text
    place = case_of(town, "food").place
    assert place is not None
    assert place.together


async def test_taking_the_last_item_back_leaves_the_application(town: Desk) -> None:
    async with at(town, "counter", LARGE) as person:
        await take_in(person)
        assert town.drafts.list()[0].project is not None
        await person.press("backspace")
        assert town.drafts.list()[0].project is None
        await person.press("escape")


def test_bundles_are_found_like_items(town: Desk) -> None:
    find = partial(town.catalogue.find_bundles)
    for text in ("餐馆", "kbcg", "kaiban", "shop"):
        assert [one.id for one in find(text)] == ["shop"]
    assert find("没有") == ()
