"""Nobody is asked for what the city holds: eleven papers become three, whatever happens between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, update

from central.catalogue.publishing import publish
from central.db import cases, feed, licences, register_answers
from central.db.engine import Connection, open_database
from central.db.register_answers import Access
from central.db.schema import licences as library
from clerk.clock import SettableClock
from clerk.contract.case import CaseRecord, MaterialState, Stage
from clerk.contract.identity import IdKind
from clerk.contract.item import Act, Item, Material, Step
from clerk.contract.licence import Licence, LicenceStatus
from clerk.contract.limits import Limit
from clerk.rules.case import Case, fold
from clerk.rules.exemption import Flaw
from screens.intake.checklist import Checklist
from services.bootstrap import Desk
from tests.exports.workbook.oracle import Oracle
from tests.flows.town import MARKET, WINDOW, Town
from tests.support.cases import MONDAY
from tests.support.desk import Hall
from tests.support.storyteller import Clerk, Manager, sit_down

SINCE = date(2024, 3, 1)
UNTIL = date(2027, 2, 28)
DAY = timedelta(days=1)
HELD = {
    "business-licence": "营业执照",
    "fire-safety-check": "消防安全检查意见书",
    "public-place-hygiene": "公共场所卫生许可证",
    "food-business": "食品经营许可证",
    "special-equipment-use": "特种设备使用登记证",
    "hotel-special-trade": "特种行业许可证",
    "real-estate": "不动产权证书",
}
"""What the firm holds, by the type that its item names, and the paper that it stands for."""

HOTEL = Item(
    id="hotel-opening",
    version=1,
    name="宾馆酒店综合开业登记",
    department=MARKET,
    department_name="市市场监督管理局",
    statutory=Limit(20),
    materials=(
        Material(key="form", name="开业登记申请表", originals=1),
        Material(key="people", name="从业人员名册", originals=1),
        Material(key="plan", name="应急疏散预案", originals=1),
        Material(
            key="representative",
            name="法定代表人任职证明",
            originals=1,
            copies=1,
            replaced_by=("organisation:organisation.representative",),
        ),
        *(
            Material(key=kind, name=f"{name}（副本）", copies=2, replaced_by=(kind,))
            for kind, name in HELD.items()
        ),
    ),
    flow=(Step(key="approve", name="批准", act=Act.APPROVE, may_decide=True),),
)
"""An item of eleven papers: three of the firm's own, eight that other offices have given out."""

OWN = ["开业登记申请表", "从业人员名册", "应急疏散预案"]


@pytest.fixture
def window(town: Town, hall: Hall) -> Desk:
    """The desk of the window in a city with this item, whose firm holds everything."""
    at_central(town, lambda c: furnish(c, town))
    desk = town.desk(WINDOW, hall)
    desk.sync.run_once()
    return desk


def at_central(town: Town, act: Callable[[Connection], object]) -> None:
    """Something that happens at central while nobody at the window looks."""
    database = open_database(f"sqlite:///{town.database}")
    database.commit(act)
    database.close()


def furnish(connection: Connection, town: Town) -> None:
    firm = town.told.organisations[3]
    feed.announce(connection, publish(connection, (HOTEL,), MONDAY).changes)
    connection.execute(delete(library).where(library.c.holder_number == firm.uscc))
    for kind, name in HELD.items():
        held = Licence(
            id=f"held-{kind}",
            type=kind,
            type_name=name,
            number=f"示范-{kind}",
            holder_name=firm.name,
            issuer="市行政审批局",
            issued_on=SINCE,
            valid_until=UNTIL,
        )
        licences.add(connection, held, IdKind.USCC, firm.uscc)


def change(kind: str, **values: object) -> Callable[[Connection], object]:
    """What befalls a licence of the firm."""
    return lambda c: c.execute(
        update(library).where(library.c.id == f"held-{kind}").values(**values)
    )


async def take_in(clerk: Clerk, town: Town) -> None:
    """The firm comes with its own three papers."""
    await clerk.begins()
    await clerk.pastes(town.told.organisations[3].uscc)
    await clerk.presses("enter")
    await clerk.chooses(HOTEL.name)
    await clerk.goes_to("line:")


def asked_for(clerk: Clerk) -> list[str]:
    lines = clerk.walk.app.screen.query_one(Checklist).lines
    assert len(lines) == len(HOTEL.materials) == 11
    return [one.line.name for one in lines if not one.line.exempted]


def case_at_central(town: Town, number: str) -> Case:
    found: list[CaseRecord | None] = []

    def read(connection: Connection) -> None:
        case_id = cases.find_id(connection, number)
        found.append(cases.find_record(connection, case_id) if case_id else None)

    at_central(town, read)
    (record,) = found
    assert record is not None, "central has it"
    return fold(record)


def states(case: Case) -> dict[str, MaterialState]:
    return {one.key: one.state for one in case.materials}


def access_log(town: Town) -> tuple[Access, ...]:
    found: list[tuple[Access, ...]] = []
    at_central(
        town,
        lambda c: found.append(register_answers.list_accesses(c, MONDAY - DAY, MONDAY + DAY)),
    )
    return found[0]


@pytest.mark.timeout(300)
async def test_eleven_papers_become_three_and_every_look_is_in_the_log(
    town: Town, window: Desk, clock: SettableClock
) -> None:
    already = len(access_log(town))
    async with sit_down(window, Clerk, town.told.counter[0]) as clerk:
        await take_in(clerk, town)
        assert asked_for(clerk) == OWN
        checklist = " ".join(clerk.reads("Checklist").split())
        told = "held since 2024-03-01, valid until 2027-02-28, from 市行政审批局"
        assert checklist.count(told) == len(HELD)
        assert "Not needed: 法定代表人 is in" in checklist
        (draft,) = window.drafts.list()
        assert draft.card is not None
        await clerk.ticks_all()
        assert clerk.reads("#verdict").startswith("✓ Complete")
        (number,) = await clerk.receives()
        await clerk.rests()
    case = case_at_central(town, number)
    counted = list(states(case).values())
    assert (counted.count(MaterialState.EXEMPTED), counted.count(MaterialState.PROVIDED)) == (8, 3)

    log = access_log(town)[already:]
    card = draft.card
    assert {(one.lookup, one.register) for one in log} == {
        (card.lookup, one.register) for one in card.answers
    }
    assert len(log) == len(card.answers), "each answer once, and nothing that nobody saw"
    assert {(one.purpose, one.subject) for one in log} == {("draft", draft.id)}
    shown = {one.register: {fact.key for fact in one.facts} for one in card.answers}
    assert {one.register: set(one.fields.split()) for one in log} == shown

    async with sit_down(window, Manager, town.told.manager) as manager:
        today = clock.now().date().isoformat()
        await manager.counts(today, today)
        book = await manager.exports()
    oracle = Oracle(book.read_bytes())
    pieces = sum(one.originals + one.copies for one in HOTEL.materials if one.replaced_by)
    for sheet, name in (
        ("By item", f"{HOTEL.name} · {HOTEL.department_name}"),
        ("By department", HOTEL.department_name),
    ):
        assert saved(oracle, sheet, name) == pieces == 16


def saved(oracle: Oracle, sheet: str, name: str) -> float | None:
    """What the formula of the papers saved comes to in the row of this name."""
    rows = oracle.sheets[sheet]
    column = next(row.index("Papers saved") for row in rows if "Papers saved" in row)
    row = next(place for place, one in enumerate(rows) if len(one) > 1 and one[1] == name)
    cell = oracle.book[sheet].cell(row + 1, column + 1)
    assert str(cell.value).startswith("=SUMIFS(")
    return oracle.value_of(sheet, cell.coordinate)


@pytest.mark.timeout(300)
async def test_what_was_revoked_while_the_line_was_down_is_asked_for_when_it_arrives(
    town: Town, hall: Hall, window: Desk
) -> None:
    async with sit_down(window, Clerk, town.told.counter[0]) as clerk:
        await take_in(clerk, town)
        assert asked_for(clerk) == OWN
        await clerk.ticks_all()
        hall.stop()
        at_central(town, change("food-business", status=LicenceStatus.REVOKED.value))
        at_central(town, change("real-estate", holder_name="另有其人"))
        (number,) = await clerk.receives()
        assert clerk.is_told("The line is down.", "#received-line")
        hall.start()
        await clerk.goes_back()
        await clerk.fetches()
        queue = next(one for one in window.cases.queues() if one.key == "asked_after_all")
        asked = window.cases.page(window.cases.query_of(queue))
        assert [one.number for one in asked] == [number]
        await clerk.opens(number)
        for name, why in (
            ("食品经营许可证（副本）", "was revoked"),
            ("不动产权证书（副本）", "is in another name"),
        ):
            assert f"○ {name}  Missing  The licence" in clerk.reads("#case-materials")
            assert why in " ".join(clerk.reads("#case-timeline").split())
    case = case_at_central(town, number)
    assert case.stage is Stage.RECEIVED, "asked for, not refused"
    missing = {one.key: one.note for one in case.materials if one.state is MaterialState.MISSING}
    assert missing == {"food-business": Flaw.REVOKED, "real-estate": Flaw.OTHER_NAME}
    assert list(states(case).values()).count(MaterialState.EXEMPTED) == 6


@pytest.mark.timeout(300)
async def test_an_expired_licence_is_explained_and_the_paper_taken_in(
    town: Town, window: Desk
) -> None:
    at_central(town, change("fire-safety-check", valid_until=(MONDAY - DAY).date()))
    async with sit_down(window, Clerk, town.told.counter[0], size=(80, 24)) as clerk:
        await take_in(clerk, town)
        paper = "消防安全检查意见书（副本）"
        assert asked_for(clerk) == [*OWN, paper]
        expired = (MONDAY - DAY).date().isoformat()
        told = " ".join(clerk.reads("Checklist").split())
        assert f"on record expired on {expired}" in told
        assert paper in clerk.reads("#verdict")
        await clerk.ticks_all()
        assert clerk.reads("#verdict").startswith("✓ Complete")
        (number,) = await clerk.receives()
        await clerk.rests()
    assert states(case_at_central(town, number))["fire-safety-check"] is MaterialState.PROVIDED
