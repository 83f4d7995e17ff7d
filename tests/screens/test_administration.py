"""An administrator at a desk: what lacks something, and which command mends it; nothing else."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from central import staff
from central.__main__ import main
from central.catalogue.coming import Doing, offer
from central.db import loads
from central.db.loads import BulkLoad, Progress
from clerk.clock import SettableClock
from clerk.errors import RefusedError
from clerk.locale import use_language
from clerk.sync.scope import ADMINISTRATION
from screens.administration.screen import AdministrationScreen
from screens.dialogs.choose import Choose
from services.bootstrap import Desk
from services.client import Call
from tests.screens.story import Person, at, receive
from tests.support.cases import FOOD
from tests.support.databases import postgres  # noqa: F401 - a fixture
from tests.support.desk import (
    PASSWORD,
    Hall,
    OpenDesk,
    hall_postgres,  # noqa: F401 - a fixture
    on_both_servers,
)
from tests.support.people import a_person
from tests.support.screens import LARGE


@pytest.fixture
def seat(open_at: OpenDesk) -> Desk:
    """An administrators' desk."""
    return open_at("administration", department=ADMINISTRATION)


def _rows(person: Person) -> list[tuple[str, ...]]:
    """The list that is shown: kind, name, state, last, more."""
    screen = person.app.screen
    assert isinstance(screen, AdministrationScreen)
    return [one.cells for one in screen._shown]


def _trouble(hall: Hall, clock: SettableClock) -> None:
    """A user let go, a load that broke off, an item that is to be withdrawn."""
    commit, now = hall.central.database.commit, clock.now()
    commit(partial(staff.disable_user, login="other", now=now))
    load = BulkLoad(
        id="l1",
        kind="people",
        name="people.csv",
        digest="d",
        source="人口库",
        actor="command",
        began_at=now,
        step=1,
        progress=Progress(as_of=now, read=1200, refused=3),
    )
    commit(partial(loads.add, load=load))
    doing = Doing(at=now, actor="command", reason="停办")
    day = now.date() + timedelta(days=3)
    commit(partial(offer, item_id=FOOD.id, on=day, doing=doing, withdrawn=True))


@on_both_servers
async def test_what_lacks_something_comes_first_and_names_its_command(
    desk: Desk, seat: Desk, hall: Hall, clock: SettableClock
) -> None:
    (case_id,) = receive(desk, FOOD, seed=1)
    number = desk.cases.detail(case_id).case.number
    clock.put(clock.now() + timedelta(days=2))
    _trouble(hall, clock)
    seen = []
    async with at(seat, "system", LARGE) as person:
        assert "Administration" in person.text
        lacking = {kind: rest for kind, *rest in _rows(person)}
        assert lacking["Load"][1:] == ["broken off", "2026-06-03 09:30", "Rows: 1,200, refused: 3"]
        silent = [name for kind, name, state, *_ in _rows(person) if state == "not heard of"]
        assert "! 综合三号窗" in {name.split(" · ")[0] for name in silent}
        assert not any("Administration" in name for name in silent), "it was heard of just now"
        seen.append(person.text)
        await person.press("right", "right")
        assert _rows(person)[0][1:3] == ("other  窗口乙", "locked")
        await person.type("主任")
        assert [row[1] for row in _rows(person)] == ["manager  主任"]
        await person.press("down", "enter", "down", "enter")
        assert person.app.clipboard == "clerk-central user disable manager"
        seen.append(person.text)
        await person.press("f3", *["backspace"] * 2, "right", "right", "right")
        states = {kind: (name, state) for kind, name, state, *_ in _rows(person)}
        assert states["Coming"] == (f"{FOOD.id}  {FOOD.name}", "is withdrawn")
        assert states["Catalogue"][1] == "Items: 2, bundles: 0"
        assert (
            "clerk-central catalogue call-off" in person.text or "catalogue coming" in person.text
        )
        seen.append(person.text)
    shown = "\n".join(seen)
    assert number not in shown
    assert a_person(1).name not in shown


async def test_a_backup_and_a_guessed_password_are_told(
    desk: Desk, seat: Desk, hall: Hall, tmp_path: Path
) -> None:
    assert main(["--database", hall.url, "backup", str(tmp_path / "b.db")]) == 0
    use_language("en")  # the command spoke the language of its surroundings
    for _guess in range(10):
        with pytest.raises(RefusedError):
            desk.session.sign_in("counter", "wrong-password")
    async with at(seat, "system", LARGE) as person:
        (guessed,) = [row for row in _rows(person) if row[2] == "too many wrong passwords"]
        assert "综合三号窗" in guessed[1]
        await person.press("left")
        assert any(str(tmp_path / "b.db") in row[4] for row in _rows(person))


async def test_nothing_old_is_shown_with_the_line_down(seat: Desk, hall: Hall) -> None:
    async with at(seat, "system") as person:
        assert [row[1:3] for row in _rows(person)] == [("! Backup of the database", "never")]
        hall.stop()
        await person.press("f5", "escape")
        assert not _rows(person)
        assert "Central cannot be reached" in person.text


def test_administrators_sit_at_their_own_desks_and_nobody_else_does(
    desk: Desk, seat: Desk, open_at: OpenDesk
) -> None:
    for other in (desk, open_at("market", department="market"), open_at("audit")):
        with pytest.raises(RefusedError, match=r"session\.elsewhere"):
            other.session.sign_in("system", PASSWORD)
    for login in ("counter", "manager", "auditor"):
        with pytest.raises(RefusedError, match=r"session\.elsewhere"):
            seat.session.sign_in(login, PASSWORD)
    manager = desk.session.sign_in("manager", PASSWORD)
    call = Call(path="/administration", method="GET")
    with pytest.raises(RefusedError, match=r"user\.role_needed"):
        desk._line.ask(call, dict, desk.session.token_of(manager.id))


async def test_one_command_for_each_of_what_is_marked(
    seat: Desk, hall: Hall, clock: SettableClock
) -> None:
    _trouble(hall, clock)
    async with at(seat, "system", LARGE) as person:
        await person.press("right", "right")
        locked = [row[1].split()[0] for row in _rows(person) if row[2] == "locked"]
        assert locked == ["other"]
        await person.press("space", "space", "space", "f5", "enter")
        assert "one for each of 3" in person.text
        dialog = person.app.screen
        assert isinstance(dialog, Choose)
        offered = [command for command, _label in dialog.options]
        assert offered == ["clerk-central user disable …", "clerk-central user enable …"]
        await person.press("enter")
        others = [row[1].split()[0] for row in _rows(person)[1:3]]
        copied = person.app.clipboard.splitlines()
        assert copied == [f"clerk-central user disable {one}" for one in others]
        assert "None for other" in person.toasts
        for line in copied:
            assert main(["--database", hall.url, *line.split()[1:]]) == 0
        use_language("en")
        await person.press("f5", "enter")
        assert "let them in again (3/3)" in person.text
        await person.press("escape")
