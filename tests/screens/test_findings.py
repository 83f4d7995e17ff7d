"""The auditor: what was found lies before him, leads to its case, and is noted as looked into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from central.__main__ import main
from central.db import backup, findings
from central.watching.following import sweep_watched
from clerk.clock import SettableClock
from clerk.contract.supervision import Finding
from clerk.errand import Errand
from clerk.errors import RefusedError
from clerk.locale import use_language
from screens.case.screen import CaseScreen
from screens.findings.rows import cells
from screens.findings.screen import FindingsScreen
from services.bootstrap import Desk
from services.findings import Listed
from tests.screens.story import Person, accept, at, grant
from tests.support.cases import FOOD
from tests.support.desk import PASSWORD, Hall, OpenDesk
from tests.support.screens import LARGE

Hurry = Callable[..., list[str]]


@pytest.fixture
def audit(open_at: OpenDesk) -> Desk:
    """An auditors' desk."""
    return open_at("audit")


@pytest.fixture
def hurry(desk: Desk, there: Desk, hall: Hall) -> Hurry:
    """Cases that are accepted and decided within a minute, and found; gives their ids."""

    def hurry_some(count: int = 1) -> list[str]:
        case_ids = [one for seed in range(count) for one in accept(desk, FOOD, seed=seed + 3)]
        for case_id in case_ids:
            grant(desk, there, "market", case_id)
        sweep_watched(hall.central)
        return case_ids

    return hurry_some


def screen_of(person: Person) -> FindingsScreen:
    """The auditor's first screen."""
    assert isinstance(person.app.screen, FindingsScreen)
    return person.app.screen


async def test_found_opened_and_looked_into(audit: Desk, hall: Hall, hurry: Hurry) -> None:
    (case_id,) = hurry()
    audit.sync.run_once()
    async with at(audit, "auditor") as person:
        assert screen_of(person).listing.length == 1
        assert "To look into 1" in person.text
        assert "R04  Decided within a minute" in person.text
        await person.press("enter")
        assert isinstance(person.app.screen, CaseScreen)
        assert FOOD.name in person.text
        assert hall.list_audit("case.watched") == [case_id]
        await person.press("escape", "ctrl+a", "enter")
        assert "is needed." in person.text, "a look without a word of it tells nothing"
        await person.type("一次性告知后当场补齐，无异常")
        await person.press("enter")
        assert "It is noted that you have looked into it." in person.toasts
        assert "To look into 0" in person.text
        await person.press("right")
        assert "Looked into by 审计员" in person.text
        assert "一次性告知后当场补齐，无异常" in person.text
    with hall.central.database.read() as connection:
        (found,) = findings.list_on(
            connection, found_actor(audit), hall.clock.now(), hall.clock.now().replace(year=2027)
        )
    assert hall.list_audit("look_into.1") == [found.id]
    assert [one.note for one in found.looks] == ["一次性告知后当场补齐，无异常"]


def found_actor(audit: Desk) -> str:
    """Whoever the only finding is about."""
    audit.session.sign_in("auditor", PASSWORD)
    (listed,) = audit.findings.list()
    return listed.finding.actor


async def test_narrowed_as_it_is_typed(audit: Desk, hurry: Hurry) -> None:
    hurry(6)
    audit.sync.run_once()
    async with at(audit, "auditor", LARGE) as person:
        screen = screen_of(person)
        assert screen.listing.length == 7
        await person.type("r08")
        assert screen.listing.length == 1
        assert "several cases" in person.text
        await person.press("enter", "enter")
        assert screen.listing.length == 7, "everything that was found on this person"
        await person.press("f3")
        screen.typing.value = "市监 R04 nothing like it"
        await person.press("down")
        assert screen.listing.length == 0
        assert "Nothing like that in this list." in person.text


def test_a_look_outside_ones_work_is_of_no_case(hall: Hall) -> None:
    found = Finding(id="R10|1", rule="R10", actor="wang", actor_name="王", at=hall.clock.now())
    assert "of no case" in cells(Listed(found, "a reason"))


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_all_of_it_fits(
    audit: Desk, hurry: Hurry, size: tuple[int, int], language: str
) -> None:
    hurry()
    audit.sync.run_once()
    use_language(language)
    async with at(audit, "auditor", size) as person:
        (listed,) = screen_of(person)._shown
        assert listed.reason in person.text, "the whole reason stands below the list"


def test_an_auditors_desk_is_for_auditors_alone(desk: Desk, audit: Desk) -> None:
    for login in ("counter", "manager"):
        with pytest.raises(RefusedError) as told:
            audit.session.sign_in(login, PASSWORD)
        assert told.value.code == "session.elsewhere"
    with pytest.raises(RefusedError) as told:
        desk.session.sign_in("auditor", PASSWORD)
    assert told.value.code == "session.elsewhere"


def test_findings_reach_auditors_desks_alone(
    desk: Desk, there: Desk, audit: Desk, hurry: Hurry, open_at: OpenDesk
) -> None:
    """By the tail of the feed, and by a bootstrap; both agree with central's digest."""
    hurry()
    late = open_at("audit-late")
    for one in (audit, late):
        one.sync.run_once()
        one.session.sign_in("auditor", PASSWORD)
        assert len(one.findings.list()) == 1
    for one in (desk, there):
        one.sync.run_once()
        one.session.sign_in("counter" if one is desk else "market-approver", PASSWORD)
        assert not one.findings.list()
        assert not one.findings.is_open


def test_a_restored_central_hears_of_the_look_again(
    audit: Desk, hall: Hall, desk: Desk, there: Desk, tmp_path: Path
) -> None:
    """What was found is found anew, and the look comes back to it."""
    (case_id,) = accept(desk, FOOD)
    grant(desk, there, "market", case_id)
    audit.session.sign_in("auditor", PASSWORD)
    backup.back_up(hall.central.database, tmp_path / "backup.db", Errand())
    sweep_watched(hall.central)
    audit.sync.run_once()
    audit.findings.look_into(audit.findings.list()[0].finding, "nothing amiss")
    audit.sync.run_once()
    hall.stop()
    assert main(["--database", hall.url, "restore", str(tmp_path / "backup.db")]) == 0
    hall.start()
    audit.sync.run_once()
    sweep_watched(hall.central)
    for _ in range(2):
        audit.sync.run_once()
    assert not audit.sync.outbox()
    (listed,) = audit.findings.list()
    assert [one.note for one in listed.finding.looks] == ["nothing amiss"]


def test_two_auditors_looks_both_stand(
    audit: Desk, hurry: Hurry, open_at: OpenDesk, clock: SettableClock
) -> None:
    hurry()
    other = open_at("audit-2", login="auditor")
    audit.sync.run_once()
    audit.session.sign_in("auditor", PASSWORD)
    (mine,), (theirs,) = audit.findings.list(), other.findings.list()
    audit.findings.look_into(mine.finding, "first")
    other.findings.look_into(theirs.finding, "second")
    (listed,) = other.findings.list()
    assert [one.note for one in listed.finding.looks] == ["first", "second"]
    assert listed.finding.looks[0].at == clock.now()
