"""One box for everything: numbers, names by sound, papers, items; what Enter does with each."""

from __future__ import annotations

from clerk.contract.case import DocumentKind
from clerk.locale import use_language
from clerk.rules.name_sound import sounds_of
from clerk.rules.numbers import spaced
from screens.find.screen import FindScreen
from screens.intake.screen import IntakeScreen
from services.bootstrap import Desk
from tests.screens.story import Person, accept, at, receive
from tests.support.cases import FOOD
from tests.support.desk import SIGN, Hall, OpenDesk
from tests.support.people import a_person
from tests.support.screens import LARGE

FIND = "ctrl+underscore"


def box(person: Person) -> FindScreen:
    """The box in front."""
    assert isinstance(person.app.screen, FindScreen)
    return person.app.screen


async def find(person: Person, text: str) -> FindScreen:
    """Open the box and type."""
    await person.press(FIND)
    await person.type(text)
    return box(person)


async def test_a_case_is_found_by_name_sound_number_and_paper(desk: Desk) -> None:
    receive(desk, FOOD, seed=3)
    (case_id, *_rest) = accept(desk, SIGN, seed=2)
    case = desk.cases.detail(case_id).case
    sound = sounds_of(case.applicant.name)[0]
    paper = next(one for one in case.documents if one.kind is DocumentKind.ACCEPTANCE).number
    typed = (
        *(case.applicant.name, sound.initials, "".join(sound.syllables)),
        *(case.number[:12], case.number[9:], paper, paper[paper.index("〔") :]),
    )
    async with at(desk, "counter") as person:
        for text in typed:
            found = await find(person, text)
            assert found.listing.length, text
            await person.press("enter")
            assert person.front == "CaseScreen", text
            assert case.applicant.name in person.text
            await person.press("escape", "escape")
            assert person.front == "HomeScreen"


async def test_a_wrong_check_digit_is_explained_and_what_was_meant_is_offered(desk: Desk) -> None:
    (case_id, *_rest) = accept(desk, SIGN, seed=2)
    number = desk.cases.detail(case_id).case.number
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    async with at(desk, "counter") as person:
        found = await find(person, wrong)
        assert "differ from it in one digit" in person.text
        assert found.listing.length == 1
        await person.press("enter")
        assert person.front == "CaseScreen"


async def test_an_item_begins_a_walk_in_or_goes_into_the_one_that_is_open(desk: Desk) -> None:
    async with at(desk, "counter") as person:
        await find(person, "hwgg")
        assert "begins a walk-in with it" in person.text
        await person.press("enter")
        intake = person.app.screen
        assert isinstance(intake, IntakeScreen)
        assert [one.item for one in intake.draft.items] == [SIGN.id]
        await find(person, FOOD.name[:4])
        assert "adds it to the walk-in" in person.text
        await person.press("enter")
        again = person.app.screen
        assert isinstance(again, IntakeScreen)
        assert [one.item for one in again.draft.items] == [SIGN.id, FOOD.id]


async def test_a_slash_opens_the_box_where_nobody_types(desk: Desk) -> None:
    receive(desk, FOOD, seed=3)
    async with at(desk, "counter") as person:
        await person.press("slash")
        assert box(person).box.value == ""
        await person.type("a/b")
        assert box(person).box.value == "a/b"


async def test_an_id_number_is_masked_and_its_look_has_a_reason(desk: Desk, hall: Hall) -> None:
    receive(desk, FOOD, seed=3)
    number = a_person(3).id_number
    async with at(desk, "counter") as person:
        await find(person, number)
        row = box(person).listing.source
        assert row is not None
        assert number not in " ".join(row.cells(0))
        # The case of this person lies at this very desk: central adds it, and nothing is recorded.
        assert FOOD.name in person.text
        assert looks(hall) == []
        await person.press("enter")
        assert person.front == "AskText"
        await person.type("found an ID card")
        await person.press("enter")
        assert person.front == "LookUpScreen"


async def test_a_number_outside_ones_own_cases_is_a_look_on_record(
    open_at: OpenDesk, hall: Hall
) -> None:
    receive(open_at("w1", window="w1", login="counter"), FOOD, seed=3)
    other = open_at("w2", window="w2", login="counter")
    async with at(other, "counter") as person:
        await find(person, a_person(3).id_number)
        assert FOOD.name not in person.text
        assert looks(hall) == ["find"]


def looks(hall: Hall) -> list[str]:
    """The purposes of the looks that central has on record."""
    with hall.central.database.read() as connection:
        found = connection.exec_driver_sql("SELECT purpose FROM lookups WHERE purpose = 'find'")
        return list(found.scalars())


async def test_a_paper_is_found_by_what_it_is(desk: Desk) -> None:
    """By characters, pinyin and first letters; the newest first, below the cases of that name."""
    receive(desk, FOOD, seed=3)
    older, newer = (accept(desk, SIGN, seed=seed)[0] for seed in (1, 2))
    papers = [
        one.number
        for case_id in (newer, older)
        for one in desk.cases.detail(case_id).case.documents
        if one.kind is DocumentKind.ACCEPTANCE
    ]
    async with at(desk, "counter", LARGE) as person:
        use_language("zh_CN")
        for text in ("受理", "sltz", "shoulitong"):
            await find(person, text)
            shown = [line for line in person.text.splitlines() if "受理通知书" in line]
            assert [next(one for one in papers if one in line) for line in shown] == papers, text
            await person.press("escape")
        await find(person, "sltz")
        await person.press("enter")
        assert person.front == "CaseScreen"
        name = desk.cases.detail(newer).case.applicant.name
        assert name in person.text


async def test_what_a_receipt_is_called_finds_it_by_the_number_of_its_case(desk: Desk) -> None:
    (case_id,) = receive(desk, FOOD, seed=3)
    async with at(desk, "counter", LARGE) as person:
        await find(person, "receipt of")
        number = spaced(desk.cases.detail(case_id).case.number)
        line = next(one for one in person.text.splitlines() if "Receipt of materials" in one)
        assert number in line
        assert desk.cases.detail(case_id).case.applicant.name in line
