"""Scans by the keyboard: put to a line at the window, sent with the case, opened elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk.clock import SettableClock
from screens.case.screen import CaseScreen
from screens.intake.screen import IntakeScreen
from services.bootstrap import Desk, open_desk
from services.profile import get_profile
from services.scans import ScanState
from tests.screens.story import accept, at, receive
from tests.support.cases import FOOD
from tests.support.desk import PASSWORD, Hall, OpenDesk, type_walk_in
from tests.support.passwords import quick_verifier
from tests.support.scans import archive, encoded, picture, put
from tests.support.screens import LARGE, settle

CARD, FORM = encoded(picture()), encoded(picture(seed=2), "PNG")


@pytest.fixture
def tray(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The scanner's folder, with the form on top."""
    folder = tmp_path / "tray"
    for age, (name, data) in enumerate({"form.png": FORM, "card.jpg": CARD}.items()):
        path = put(folder, name, data)
        os.utime(path, (1_800_000_000 - age, 1_800_000_000 - age))
    monkeypatch.setenv("CLERK_SCAN_DIR", str(folder))
    return folder


class Eyes:
    """A viewer that looks itself."""

    def __init__(self, *, there: bool = True) -> None:
        self.there = there
        self.seen: list[bytes] = []

    def __call__(self, path: Path) -> bool:
        self.seen.append(path.read_bytes())
        return self.there


@pytest.fixture
def seat(hall: Hall, tray: Path, open_at: OpenDesk, clock: SettableClock) -> Iterator[Desk]:
    """The desk of window 3, whose scanner puts files into the tray."""
    open_at("w1", window="w1").close()
    desk = open_desk(get_profile("w1"), clock, viewer=Eyes(there=False), verifier_of=quick_verifier)
    desk.session.sign_in("counter", PASSWORD)
    yield desk
    desk.close()


async def test_a_paper_is_scanned_where_the_cursor_is(seat: Desk) -> None:
    draft = type_walk_in(seat, FOOD)
    async with at(seat, "counter", size=LARGE) as person:
        person.app.open_intake(draft.id)
        await settle(person.pilot)
        await person.press("f12")
        assert "Put the cursor on a line of the checklist first." in person.toasts
        for _ in range(8):
            if getattr(person.app.focused, "place", "").startswith("line:"):
                break
            await person.press("ctrl+down")
        await person.press("f12")
        assert "Which file is the scan?" in person.text
        assert person.text.index("form.png") < person.text.index("card.jpg")
        await person.press("enter")
        assert "Scans: 申请书 1" in person.text
        await person.press("f12", "down", "enter")
        assert person.app.screen.__class__ is IntakeScreen
        assert "The scan is at" in person.toasts
        await person.press("down", "f12", "down", "enter")
        assert "Scans: 申请书 1 · 身份证 1" in person.text
        await person.press("f12", "down", "down", "enter")
        assert "身份证 1" not in person.text
        await person.press("ctrl+r")
    (case,) = [one for one in seat.sync.outbox() if one.command.__class__.__name__ == "ReceiveCase"]
    (listed,) = seat.scans.of_case(case.envelope.case_id)
    assert (listed.scan.material, listed.scan.name) == ("m1", "form")


async def test_a_case_shows_where_its_scans_are(seat: Desk, tmp_path: Path) -> None:
    (case_id,) = receive(seat, FOOD)
    async with at(seat, "counter", size=LARGE) as person:
        person.app.open_case(case_id)
        await settle(person.pilot)
        await person.press("f12")
        assert "Which paper is it?" in person.text
        await person.press("down", "enter", "down", "enter")
        assert "身份证 · card" in person.text
        assert "only on this machine" in person.text
        seat.sync.run_once()
        seat.scans.send_all()
        await person.press("escape")
        person.app.open_case(case_id)
        await settle(person.pilot)
        await person.press("f5")
        assert "at central" in person.text
        await person.press("f12", "down", "enter")
        said = str(person.app.screen.query_one("#case-said").render())
        assert said.startswith("The scan is at ")
        await person.press("f12", "enter", "enter", "end", "enter")
        await person.type(str(put(tmp_path, "odd.jpg", archive())))
        await person.press("enter")
        assert "That is no picture and no PDF file." in person.text
    assert [one.state for one in seat.scans.of_case(case_id)] == [ScanState.AT_CENTRAL]


async def test_a_department_opens_what_the_window_scanned(
    seat: Desk, tray: Path, hall: Hall, clock: SettableClock, open_at: OpenDesk
) -> None:
    (case_id,) = accept(seat, FOOD)
    seat.scanner.add_to_case(case_id, "m2", tray / "card.jpg")
    seat.sync.run_once()
    seat.scans.send_all()
    open_at("market", department="market").close()
    eyes = Eyes()
    market = open_desk(get_profile("market"), clock, viewer=eyes, verifier_of=quick_verifier)
    try:
        async with at(market, "market-handler", size=LARGE) as person:
            person.app.open_case(case_id)
            await settle(person.pilot)
            await person.press("f12")
            assert isinstance(person.app.screen, CaseScreen) is False
            await person.press("enter")
            assert "claim" in person.toasts.lower(), "why it may not add one"
            await person.press("f12", "down", "enter")
            said = str(person.app.screen.query_one("#case-said").render())
            assert said == "The scan is open in its own window."
    finally:
        market.close()
    (seen,) = eyes.seen
    assert seen.startswith(b"\xff\xd8\xff")
