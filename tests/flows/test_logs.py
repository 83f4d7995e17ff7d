"""A day's work with marked words: none of them is found in what the programs leave behind."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from clerk.clock import SystemClock
from clerk.contract.case import DeclineGround, SupplementLine
from clerk.contract.identity import IdKind
from clerk.errors import ClerkError
from services.bootstrap import Desk
from services.demo import hands
from services.demo.server import CentralProcess
from services.release import Collector
from tests.flows.town import MARKET, WINDOW, Mould, Town
from tests.flows.walk_ins import FOOD, receive, receive_and_accept
from tests.support.matters import INQUIRY
from tests.support.people import people
from tests.support.seats import MemoryKeyring
from tests.support.storyteller import PASSWORD, Clerk, Official, sit_down

TYPED = {
    "name": "欧阳墨痕",
    "phone": "15487654321",
    "address": "无名巷九十九号",
    "opinion": "墨痕意见：核查属实",
    "lines": "墨痕补正：缺少签名",
    "reason": "墨痕理由：条件不符",
    "unmask": "墨痕查看：核对本人",
    "signature": "墨痕亲笔签收",
    "password": "墨痕的错密码",
    "search": "墨痕搜索词",
}
"""What is typed in this day and nowhere else."""


@pytest.fixture
def town(mould: Mould, tmp_path: Path, memory_keyring: MemoryKeyring) -> Iterator[Town]:
    """A city in which central is a process of its own, with a log of its own."""
    town = Town(mould, tmp_path / "city", memory_keyring, SystemClock())
    yield town
    town.close()


@pytest.fixture
def central(town: Town) -> Iterator[CentralProcess]:
    """The process, which serves."""
    central = CentralProcess(town.folder)
    central.start()
    yield central
    town.close()
    central.stop()


async def test_no_log_speaks_of_people(
    town: Town, central: CentralProcess, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    window = town.desk(WINDOW, central)
    async with sit_down(window, Clerk, background=False) as clerk:
        await assert_wrong_password(clerk, town.told.counter[0])
        await clerk.signs_in(town.told.counter[0], PASSWORD)
        await take_in_stranger(clerk, town)
    told = [conclude(town, window)]
    market = town.desk(MARKET, central)
    told.append(await handle(town, window, market))
    window.session.sign_in(town.told.counter[0], PASSWORD)
    told += refuse_everything(window, town)
    central.kill()
    told += lose_line(window, town)

    marks = marks_of(town)
    written = {"the captured records": write_out(caplog.records), "the errors": "\n".join(told)}
    written |= {str(one): one.read_text() for one in town.folder.rglob("*.log")}
    assert "visit.received" in written["the captured records"]
    assert "HTTP Request: GET" in written["the captured records"], "addresses are among them"
    assert "request.answered" in written[str(town.folder / "central.log")]
    for place, text in written.items():
        found = [what for what, mark in marks.items() if mark in text]
        assert not found, f"{place} speaks of {found}"


def test_what_lies_on_the_desks_disk_is_closed(town: Town, central: CentralProcess) -> None:
    """Store, log and settings; the papers are for the visitor to read."""
    window = town.desk(WINDOW, central)
    window.session.sign_in(town.told.counter[0], PASSWORD)
    receive(window, town.told.organisations[0], FOOD)
    marks = {name: mark.encode() for name, mark in marks_of(town).items()}
    for path in (town.folder / "desks" / WINDOW).rglob("*"):
        if path.is_file() and path.suffix != ".pdf":
            content = path.read_bytes()
            assert not [name for name, mark in marks.items() if mark in content], path.name


async def assert_wrong_password(clerk: Clerk, login: str) -> None:
    await clerk.pastes(login)
    await clerk.presses("enter")
    await clerk.pastes(TYPED["password"])
    await clerk.presses("enter")
    assert clerk.is_told("password", "#sign-in-wrong")


async def take_in_stranger(clerk: Clerk, town: Town) -> None:
    """Somebody whom no register knows, so that everything is typed."""
    await clerk.begins()
    await clerk.types_id(stranger_of(town))
    await clerk.pastes(TYPED["name"])
    await clerk.presses("enter")
    await clerk.pastes(TYPED["phone"])
    await clerk.presses("enter")
    await clerk.pastes(TYPED["address"])
    await clerk.chooses(TYPED["search"])
    await clerk.presses("ctrl+u")
    await clerk.chooses("spjyxk")
    await clerk.answers(1, 1)
    (number,) = await clerk.receives()
    await clerk.goes_back()
    await clerk.presses("f5", "f6")
    await clerk.opens(number)
    await clerk.presses("ctrl+e")
    await clerk.answers_dialog(TYPED["unmask"])


def conclude(town: Town, window: Desk) -> str:
    """A supplement notice, a decline, a handover to an agent; one refusal in words."""
    firm = town.told.organisations[0]
    case = receive(window, firm, FOOD)
    lines = (SupplementLine("form", "食品经营许可申请书", TYPED["lines"]),)
    window.counter.ask_supplement(case.case_id, lines)
    window.counter.decline(case.case_id, DeclineGround.NOT_ELIGIBLE, TYPED["reason"])
    agent = firm.representative
    collector = Collector(
        name=agent.name, kind="agent", id_number=agent.id_number, signature=TYPED["signature"]
    )
    bring = replace(INQUIRY, department="", text=TYPED["reason"], name=TYPED["name"])
    window.matters.take(replace(bring, phone=TYPED["phone"]))
    window.sync.run_once()
    with pytest.raises(ClerkError) as caught:
        window.release.release([case.case_id], collector)
    return tell(caught.value)


async def handle(town: Town, window: Desk, market: Desk) -> str:
    """An opinion that is done, and one that is refused because the case is gone."""
    case = receive_and_accept(window, town.told.organisations[0], FOOD)
    staff = town.told.staff[MARKET]
    async with sit_down(market, Official, staff.handler, background=False) as official:
        await official.fetches()
        await official.claims(case.number)
        await official.passes_on(TYPED["opinion"])
    with pytest.raises(ClerkError) as caught:
        market.casework.pass_step(case.case_id, TYPED["opinion"])
    return tell(caught.value)


def refuse_everything(window: Desk, town: Town) -> list[str]:
    """What the services and central refuse, as an error says it."""
    number = town.told.people[0].id_number
    draft = hands.begin_visit(window, IdKind.RESIDENT, number)
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    told = []
    for act in (
        lambda: window.release.ready(wrong),
        lambda: window.lookup.card(IdKind.RESIDENT, wrong, draft.id),
        lambda: window.intake.receive(draft),
        lambda: window.lookup.unmask("0197f000-0000-7000-8000-000000000001", TYPED["unmask"]),
        lambda: window.session.sign_in(town.told.counter[0], TYPED["password"]),
    ):
        with pytest.raises(ClerkError) as caught:
            act()
        told.append(tell(caught.value))
    return told


def lose_line(window: Desk, town: Town) -> list[str]:
    """The same with nobody at the other end."""
    told = []
    for act in (
        window.sync.run_once,
        lambda: window.release.ready(town.told.people[0].id_number),
        lambda: window.session.sign_in(town.told.counter[0], TYPED["password"]),
    ):
        with pytest.raises(ClerkError) as caught:
            act()
        told.append(tell(caught.value))
    return told


def tell(error: BaseException | None) -> str:
    """An error with all that caused it."""
    told = []
    while error is not None:
        told.append(f"{error!s} {error!r} {error.args} {getattr(error, 'parameters', '')}")
        error = error.__cause__ or error.__context__
    return "\n".join(told)


def write_out(records: list[logging.LogRecord]) -> str:
    """Everything that a record holds, before any scrubbing."""
    return "\n".join(f"{one.getMessage()} {one.__dict__}" for one in records)


def marks_of(town: Town) -> dict[str, str]:
    """What must not be found, by what it is."""
    person, firm = town.told.people[0], town.told.organisations[0]
    return TYPED | {
        "a stranger's number": stranger_of(town),
        "a person's number": person.id_number,
        "a person's number, mistyped": person.id_number[:-1],
        "a person's address": person.address,
        "a firm": firm.name,
        "a firm's number": firm.uscc,
        "a representative": firm.representative.name,
        "a representative's number": firm.representative.id_number,
    }


def stranger_of(town: Town) -> str:
    """A good number that no register of the city holds."""
    known = {one.id_number for one in town.told.people}
    return next(one.id_number for one in people(77, 5) if one.id_number not in known)
