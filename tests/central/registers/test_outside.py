"""A register of others over a real socket: what it says well, and each way of saying it badly."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from time import monotonic

import pytest

from central.registers.outside.answer import About
from central.registers.outside.network import may_be
from central.registers.outside.register import Found, Kept, OutsideRegister
from clerk.clock import SettableClock
from clerk.contract.identity import IdKind
from clerk.contract.register import AnswerState
from tests.support.cases import MONDAY
from tests.support.people import a_person, an_organisation
from tests.support.register_server import Mode, SampleRegister, describe, running_register

PERSON, BODY = a_person(), an_organisation()
ABOUT = About(id_kind=IdKind.RESIDENT, id_number=PERSON.id_number, name=PERSON.name)
ABOUT_BODY = About(id_kind=IdKind.USCC, id_number=BODY.uscc, name=BODY.name)
RECORD = {"xm": PERSON.name, "zt": "01", "dj": "A", "dh": PERSON.phone, "gxsj": "2026-05-30T08:00"}
TOKEN = "a token of tests"


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_REGISTER_TOKEN", TOKEN)


@pytest.fixture
def sample() -> Iterator[SampleRegister]:
    with running_register() as running:
        running.records = {
            PERSON.id_number: RECORD,
            BODY.uscc: RECORD | {"xm": BODY.name, "zt": "03"},
        }
        yield running


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(MONDAY)


class Asking:
    """A register under test with what it said last."""

    def __init__(
        self, sample: SampleRegister, clock: SettableClock, item: str = "*", **more: object
    ) -> None:
        self.register = OutsideRegister(describe(sample, "tax", "税务登记库", item, **more), clock)
        self.kept: Kept | None = None

    async def find(self, about: About = ABOUT, *, anew: bool = False) -> Found:
        found = await self.register.find(about, self.kept, anew=anew)
        self.kept = found.kept if found.fresh else self.kept
        return found


@pytest.fixture
async def asking(sample: SampleRegister, clock: SettableClock) -> AsyncIterator[Asking]:
    asking = Asking(sample, clock, timeout_s=0.5)
    yield asking
    await asking.register.close()


async def test_its_answer_is_mapped_masked_and_dated(asking: Asking) -> None:
    found = await asking.find()
    assert (found.state, found.problem) == (AnswerState.ANSWERED, "")
    assert found.kept is not None
    facts = {fact.key: fact for fact in found.kept.said.facts}
    assert facts["tax.status"].value == "正常"
    assert not facts["tax.status"].risk
    assert facts["tax.contact"].value == f"{PERSON.phone[:3]}****{PERSON.phone[-4:]}"
    as_of = found.kept.said.as_of
    assert as_of is not None
    assert f"{as_of:%Y-%m-%d %H:%M}" == "2026-05-30 08:00"


async def test_the_number_and_the_credential_stand_where_they_should(
    asking: Asking, sample: SampleRegister
) -> None:
    await asking.find()
    (asked,) = sample.asked
    assert PERSON.id_number not in asked.path
    assert PERSON.id_number not in str(asked.headers)
    told = json.loads(asked.body)
    assert told == {"zjhm": PERSON.id_number, "zjlx": "111", "yt": "核验办理条件"}
    headers = {name.lower(): value for name, value in asked.headers.items()}
    assert headers["authorization"] == f"Bearer {TOKEN}"
    assert TOKEN not in repr(asking.register.description)


async def test_a_risk_is_flagged(asking: Asking) -> None:
    found = await asking.find(ABOUT_BODY)
    assert found.kept is not None
    (risk,) = (fact for fact in found.kept.said.facts if fact.risk)
    assert risk.value == "非正常户"


async def test_nobody_of_this_number(asking: Asking, sample: SampleRegister) -> None:
    sample.mode = Mode.EMPTY
    assert (await asking.find()).state is AnswerState.NONE


@pytest.mark.parametrize(
    ("mode", "code", "asks"),
    [
        (Mode.SLOW, "register.late", 1),
        (Mode.DRIPPING, "register.late", 1),
        (Mode.FAILING, "register.down", 2),
        (Mode.HANGING_UP, "register.down", 2),
        (Mode.REFUSING, "register.refused", 1),
        (Mode.REDIRECTING, "register.redirected", 1),
        (Mode.HUGE, "register.too_large", 1),
        (Mode.NO_JSON, "register.nonsense", 1),
        (Mode.NONSENSE, "register.nonsense", 1),
        (Mode.OTHER_PERSON, "register.other_person", 1),
        (Mode.OTHER_NAME, "register.other_person", 1),
        (Mode.TWO_PEOPLE, "register.other_person", 1),
    ],
)
async def test_what_is_bad_is_told_and_never_shown(
    asking: Asking, sample: SampleRegister, mode: Mode, code: str, asks: int
) -> None:
    sample.mode, began = mode, monotonic()
    found = await asking.find()
    assert (found.state, found.problem) == (AnswerState.TO_BE_CHECKED, code)
    assert found.kept is None
    assert len(sample.asked) == asks
    assert monotonic() - began < 3


async def test_two_people_under_one_number(asking: Asking, sample: SampleRegister) -> None:
    sample.mode = Mode.TWO_PEOPLE
    stranger = About(id_kind=IdKind.RESIDENT, id_number=PERSON.id_number)
    assert (await asking.find(stranger)).problem == "register.two_people"


async def test_an_organisation_under_its_old_code(asking: Asking, sample: SampleRegister) -> None:
    sample.mode = Mode.OLD_CODE
    found = await asking.find(ABOUT_BODY)
    assert (found.state, found.problem) == (AnswerState.TO_BE_CHECKED, "register.old_code")


async def test_the_nine_characters_within_the_unified_code_are_the_same_body(
    asking: Asking, sample: SampleRegister
) -> None:
    sample.records[BODY.uscc] = RECORD | {"xm": BODY.name, "id": BODY.uscc[8:17]}
    assert (await asking.find(ABOUT_BODY)).state is AnswerState.ANSWERED


async def test_a_redirect_is_not_followed(asking: Asking, sample: SampleRegister) -> None:
    with running_register() as other:
        sample.mode, sample.elsewhere = Mode.REDIRECTING, other.url
        await asking.find()
        assert not other.asked


async def test_what_fails_quickly_is_tried_again(asking: Asking, sample: SampleRegister) -> None:
    sample.mode = Mode.BUSY_ONCE
    assert (await asking.find()).state is AnswerState.ANSWERED
    assert len(sample.asked) == 2


async def test_a_young_answer_is_not_asked_for_again(
    asking: Asking, sample: SampleRegister, clock: SettableClock
) -> None:
    await asking.find()
    clock.put(clock.now() + timedelta(minutes=59))
    assert (await asking.find()).state is AnswerState.KEPT
    assert len(sample.asked) == 1
    assert (await asking.find(anew=True)).state is AnswerState.ANSWERED
    clock.put(clock.now() + timedelta(minutes=61))
    assert (await asking.find()).state is AnswerState.ANSWERED
    assert len(sample.asked) == 3


async def test_while_it_is_down_the_older_answer_is_shown_until_it_is_too_old(
    asking: Asking, sample: SampleRegister, clock: SettableClock
) -> None:
    first = await asking.find()
    clock.put(clock.now() + timedelta(hours=20))
    sample.mode = Mode.FAILING
    older = await asking.find()
    assert (older.state, older.problem) == (AnswerState.OLDER, "register.down")
    assert older.kept == first.kept
    clock.put(clock.now() + timedelta(hours=5))
    gone = await asking.find()
    assert (gone.state, gone.kept) == (AnswerState.TO_BE_CHECKED, None)


async def test_an_older_answer_is_not_shown_where_the_person_is_in_doubt(
    asking: Asking, sample: SampleRegister, clock: SettableClock
) -> None:
    await asking.find()
    clock.put(clock.now() + timedelta(hours=2))
    sample.mode = Mode.OTHER_PERSON
    found = await asking.find()
    assert (found.state, found.kept) == (AnswerState.TO_BE_CHECKED, None)


async def test_a_register_that_fails_again_and_again_rests(
    sample: SampleRegister, clock: SettableClock
) -> None:
    asking = Asking(sample, clock, failures=2, attempts=1, pause_s=30)
    sample.mode = Mode.FAILING
    problems = [(await asking.find()).problem for _ in range(4)]
    assert problems == ["register.down"] * 2 + ["register.resting"] * 2
    assert len(sample.asked) == 2
    clock.put(clock.now() + timedelta(seconds=31))
    assert (await asking.find()).problem == "register.down"
    assert (await asking.find()).problem == "register.resting", "its trial failed: it rests anew"
    clock.put(clock.now() + timedelta(seconds=31))
    sample.mode = Mode.WELL
    assert (await asking.find()).state is AnswerState.ANSWERED
    assert (await asking.find(anew=True)).state is AnswerState.ANSWERED
    await asking.register.close()


async def test_without_its_credential_nothing_is_asked(
    asking: Asking, sample: SampleRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TEST_REGISTER_TOKEN")
    assert (await asking.find()).problem == "register.credential"
    assert not sample.asked


async def test_an_inner_address_that_is_not_named_is_not_called(
    sample: SampleRegister, clock: SettableClock
) -> None:
    from msgspec.structs import replace

    url = sample.url.replace("http://127.0.0.1", "https://localhost")
    description = replace(describe(sample), networks=(), url=url)
    found = await OutsideRegister(description, clock).find(ABOUT, None)
    assert found.problem == "register.address"
    assert not sample.asked


@pytest.mark.parametrize(
    ("address", "networks", "may"),
    [
        ("8.8.8.8", (), True),
        ("10.1.2.3", (), False),
        ("10.1.2.3", ("10.1.0.0/16",), True),
        ("10.2.0.1", ("10.1.0.0/16",), False),
        ("127.0.0.1", (), False),
        ("169.254.169.254", (), False),
        ("::1", (), False),
        ("::ffff:10.1.2.3", (), False),
        ("::ffff:169.254.169.254", (), False),
        ("fd00::1", ("fd00::/8",), True),
        ("224.0.0.1", (), False),
        ("0.0.0.0", (), False),  # noqa: S104 - asked about, not listened at
    ],
)
def test_where_a_register_may_be(address: str, networks: tuple[str, ...], *, may: bool) -> None:
    assert may_be(ipaddress.ip_address(address), networks) is may
