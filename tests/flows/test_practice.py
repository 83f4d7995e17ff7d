"""Practice: a desk of its own that reaches no real central, and says at all times what it is."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from clerk.clock import SettableClock
from clerk.errors import InputError
from screens.app import ClerkApp
from screens.trial import Trial
from services.bootstrap import Desk, enrol_desk, open_desk
from services.client import Client
from services.demo.city import mark_desk
from services.demo.server import CentralProcess
from services.profile import Settings, get_profile, profile_in, read_settings, write_settings
from tests.screens.story import Person, receive
from tests.support.cases import FOOD, MONDAY
from tests.support.desk import (  # noqa: F401 - fixtures
    Hall,
    clock,
    hall,
    hall_database,
    hall_seats,
    memory_keyring,
)
from tests.support.passwords import quick_verifier
from tests.support.screens import LARGE, SMALL, settle

PASSWORD = "paper-and-seal"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def practice_desk(hall: Hall, clock: SettableClock) -> Iterator[Desk]:  # noqa: F811 - the fixtures
    """A desk as the practice city has it, at a central of this machine."""
    profile = get_profile("practice")
    write_settings(profile, Settings(practice=True))
    enrol_desk(profile, address=hall.address, code=hall.give_code("w1"), clock=clock)
    desk = open_desk(profile, clock, verifier_of=quick_verifier)
    desk.sync.run_once()
    desk.session.sign_in("counter", PASSWORD)
    yield desk
    desk.close()


@pytest.mark.parametrize(
    "address",
    [
        "https://central.example",
        "http://10.0.0.7:8000",
        "http://localhost:8000",
        "http://127.0.0.1.example:8000",
        "http://127.0.0.1@central.example",
        "http://[2001:db8::1]:8000",
    ],
)
def test_no_client_of_a_practice_has_a_foreign_address(address: str) -> None:
    with pytest.raises(InputError) as told:
        Client(address, SettableClock(MONDAY), practice=True)
    assert told.value.code in {"practice.foreign", "central.address"}


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "http://[::1]:8000"])
def test_its_own_machine_is_no_foreign_address(address: str) -> None:
    Client(address, SettableClock(MONDAY), practice=True).close()


def test_a_settings_file_that_lost_its_mark_is_marked_again(tmp_path: Path) -> None:
    """Whoever takes it out by hand would print papers that look like the office's."""
    folder = tmp_path / "desks" / "window"
    profile = profile_in(folder, "window")
    write_settings(profile, Settings(practice=False, central="https://central.example"))
    mark_desk(profile, central="http://127.0.0.1:8000", practice=True)
    kept = read_settings(profile)
    assert (kept.practice, kept.central) == (True, "http://127.0.0.1:8000")


def test_a_settings_file_that_names_another_central_opens_no_practice(
    practice_desk: Desk,
    clock: SettableClock,  # noqa: F811 - the fixture
) -> None:
    profile = practice_desk.profile
    practice_desk.close()
    write_settings(profile, Settings(practice=True, central="https://central.example"))
    with pytest.raises(InputError) as told:
        open_desk(profile, clock, verifier_of=quick_verifier)
    assert told.value.code == "practice.foreign"


def test_its_central_takes_nothing_that_the_environment_says_of_a_real_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An office's server may practise too: its scans, notices and seals are no playground."""
    told = "\n".join(one.read_text("utf-8") for one in (ROOT / "central").rglob("*.py"))
    named = set(re.findall(r'"(CLERK_[A-Z0-9_]+)"', told)) - {"CLERK_DATA_DIR"}
    assert {"CLERK_BLOBS", "CLERK_DATABASE", "CLERK_NOTICES_DIR"} < named
    for one in named:
        monkeypatch.setenv(one, "the real one")
    central = CentralProcess(tmp_path, seal_passphrase=PASSWORD)
    passed_on = {name for name, text in central.surroundings().items() if text == "the real one"}
    assert not passed_on
    central.run("init")
    central.start()  # which one with the real one's settings refuses
    central.stop()


def test_a_day_of_practice_opens_no_socket_but_its_own_centrals(
    practice_desk: Desk,
    hall: Hall,  # noqa: F811 - the fixture
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reached: set[object] = set()
    connect = socket.socket.connect

    def noted(self: socket.socket, address: object) -> None:
        reached.add(address)
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", noted)
    (case_id,) = receive(practice_desk, FOOD)
    practice_desk.counter.accept(case_id)
    practice_desk.scans.send_all()
    practice_desk.close()
    assert reached <= {("127.0.0.1", int(hall.address.rpartition(":")[2]))}


async def test_the_screen_says_so_at_all_times(practice_desk: Desk) -> None:
    receive(practice_desk, FOOD)
    practice_desk.session.sign_out()
    app = ClerkApp(practice_desk, idle_s=0)
    async with app.run_test(size=LARGE) as pilot:
        person = Person(pilot, app)
        await settle(pilot)
        assert "练习 PRACTICE" in person.text
        await person.sign_in("counter")
        for keys in (("f9",), ("f1",), ("escape", "f2"), ("f4",), ("f6",), ("f9",), ("f8",)):
            await person.press(*keys)
            assert "练习 PRACTICE" in person.text, person.front
    practice_desk.close()


async def test_it_tells_who_to_be_and_whom_to_serve(practice_desk: Desk) -> None:
    """Nobody else could: its people and their password are invented."""
    practice_desk.session.sign_out()
    trial = Trial(
        ("counter", "manager"),
        PASSWORD,
        ("310199195201201216", "叶和婷"),
        ("91430199MAUDWWKP7M", "临川口市诚远商贸有限公司"),
    )
    app = ClerkApp(practice_desk, idle_s=0, trial=trial)
    async with app.run_test(size=SMALL) as pilot:
        person = Person(pilot, app)
        await settle(pilot)
        assert "counter  manager" in person.text
        assert PASSWORD in person.text
        await person.sign_in("counter")
        await person.press("f2")
        assert "310199195201201216" in person.text
        assert "91430199MAUDWWKP7M" in person.text
        await person.type("31")
        assert "91430199MAUDWWKP7M" not in person.text
    practice_desk.close()


def test_its_papers_bear_the_word(practice_desk: Desk) -> None:
    (case_id,) = receive(practice_desk, FOOD)
    practice_desk.counter.accept(case_id)
    papers = list(Path(practice_desk.profile.papers).glob("*.pdf"))
    assert len(papers) >= 2
    for paper in papers:
        for page in PdfReader(paper).pages:
            assert "练习" in page.extract_text(), paper
    assert read_settings(practice_desk.profile).practice
    practice_desk.close()
