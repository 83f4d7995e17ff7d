"""A new desk is led from the language to the sign-in box; a wrong answer keeps what was typed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from clerk.clock import SettableClock
from clerk.errand import Errand, Phase
from clerk.errors import CancelledError
from clerk.locale import language
from screens.first_run.app import Choice, FirstRun
from services import first_run
from services.bootstrap import open_desk
from services.looks import Looks
from services.profile import Profile, get_profile, read_settings
from tests.support.desk import Hall
from tests.support.passwords import quick_verifier
from tests.support.photographer import shoot_alone
from tests.support.screens import press, settle, stroke, type_text


@pytest.fixture
def profile() -> Profile:
    """An empty one."""
    return get_profile("brand-new")


class Newcomer:
    """Somebody before the first run."""

    def __init__(self, app: FirstRun, pilot: Pilot[Choice]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        await press(self.pilot, *keys)  # type: ignore[arg-type]

    async def answer(self, address: str, code: str) -> None:
        """Type both anew and go on."""
        for field in self.app.query(Input):
            field.value = ""
        self.app.screen.set_focus(self.app.query_one("#address", Input))
        await type_text(self.pilot, address)  # type: ignore[arg-type]
        for key in ("enter", *code):  # in one instant: none of the code goes astray
            self.app.post_message(stroke("minus" if key == "-" else key))
        await self.press("enter")

    def read(self, name: str) -> str:
        return str(self.app.query_one(f"#first-{name}").render())

    @property
    def typed(self) -> list[str]:
        return [one.value for one in self.app.query(Input)]


@asynccontextmanager
async def before(profile: Profile, clock: SettableClock) -> AsyncIterator[Newcomer]:
    work = first_run.FirstRun(profile, clock=clock)
    app = FirstRun(Looks(profile), work.enrol, work.fetch)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)  # type: ignore[arg-type]
        yield Newcomer(app, pilot)


async def test_practice_is_offered_in_the_language_chosen(
    profile: Profile, clock: SettableClock
) -> None:
    async with before(profile, clock) as person:
        await person.press("enter")
        assert (language(), read_settings(profile).language) == ("zh_CN", "zh_CN")
        await person.press("escape", "down", "enter")
        assert (language(), read_settings(profile).language) == ("en", "en")
        await person.press("enter")
    assert person.app.return_value is Choice.PRACTISE
    assert not profile.store.exists()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
async def test_each_step_in_both_languages_at_both_sizes(
    profile: Profile, clock: SettableClock, language: str, request: pytest.FixtureRequest
) -> None:
    renew = bool(request.config.getoption("--renew-snapshots"))
    faults = []
    async with before(profile, clock) as person:
        for step, keys in enumerate([(), ("down",) * (language == "en"), ("down",)], 1):
            await person.press(*keys, *["enter"] * (step > 1))
            name = f"first-run-{step}"
            faults += await shoot_alone(person.pilot, name, language, renew=renew)
    assert not faults, "\n".join(faults)


async def test_wrong_answers_keep_what_was_typed(
    hall: Hall, profile: Profile, clock: SettableClock
) -> None:
    code, address = hall.give_code(window="w1"), hall.address
    async with before(profile, clock) as person:
        await person.press("down", "enter", "down", "enter")
        await person.answer("", code)
        assert person.read("wrong") == "The address of central is needed."
        assert person.app.focused is person.app.query_one("#address")
        await person.answer(address, "")
        assert person.read("wrong") == "The one-time code is needed."
        assert person.app.focused is person.app.query_one("#code")
        await person.answer("central", code)
        assert "central" in person.read("wrong")
        assert all(person.read(one) for one in ("wrong", "safe", "remedy"))
        assert person.typed == ["central", code]
        await person.answer(address, "WRONG-CODE")
        assert "The one-time code is wrong" in person.read("wrong")
        assert all(person.read(one) for one in ("wrong", "safe", "remedy"))
        assert person.typed == [address, "WRONG-CODE"]
        hall.stop()
        await person.answer(address, code)
        assert person.read("wrong") == f"Nobody answers at {address}."
        assert all(person.read(one) for one in ("wrong", "safe", "remedy"))
        assert person.typed == [address, code]
        hall.start()
        await person.press("enter")
    assert person.app.return_value is Choice.ENROLLED
    assert read_settings(profile).central == address
    desk = open_desk(profile, clock, verifier_of=quick_verifier)
    assert desk.enrolled.window_name == "综合三号窗"
    assert desk.catalogue.find("食品"), "what it works with has come"
    desk.close()


class Impatient(Errand):
    """Called off once the first rows have come, if in a hurry; it notes how many there are."""

    def __init__(self, *, hurried: bool = True) -> None:
        super().__init__()
        self.hurried, self.come, self.total = hurried, 0, 0

    def tell(self, phase: Phase, done: int = 0, total: int = 0) -> None:
        assert done <= total
        self.come, self.total = max(done, self.come), max(total, self.total)
        if done and self.hurried:
            self.cancel()
        super().tell(phase, done, total)


def test_a_first_fetch_called_off_goes_on_later(
    hall: Hall, profile: Profile, clock: SettableClock
) -> None:
    work = first_run.FirstRun(profile, clock=clock)
    work.enrol(hall.address, hall.give_code(window="w1"))
    first, then = Impatient(), Impatient(hurried=False)
    with pytest.raises(CancelledError):
        work.fetch(first)
    desk = open_desk(profile, clock, verifier_of=quick_verifier)
    assert not desk.catalogue.find("食品"), "nothing half fetched is seen"
    desk.close()
    work.fetch(then)
    assert then.total == first.total - first.come, "what is here already is not fetched again"
    desk = open_desk(profile, clock, verifier_of=quick_verifier)
    assert desk.catalogue.find("食品")
    desk.close()
