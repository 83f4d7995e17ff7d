"""A card in sections: each register asked by itself, each look on record, nobody's card wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

import pytest
from msgspec.structs import replace
from sqlalchemy import text

from central.db import audit, cases, findings, register_answers
from central.jobs.looks import sweep_looks
from central.registers.describing import load
from central.registers.followed import follow
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.answer import Conclusion
from clerk.contract.command import AcceptCase, ReceiveCase
from clerk.contract.identity import IdKind
from clerk.contract.party import Party, PartyKind
from clerk.contract.register import AnswerState, AskRegister, LookedUp, RegisterAnswer
from clerk.contract.session import ApplicantCard, LookUp, Purpose
from clerk.contract.supervision import Finding
from clerk.contract.user import User
from clerk.rules.case import Case, fold
from tests.support.cases import CLERK, FOOD, HANDLER, MONDAY, receive_command
from tests.support.central import SIGN, MakeDesk, TalkingDesk, read, read_problem
from tests.support.people import a_person, an_organisation
from tests.support.register_server import Mode, SampleRegister, describe, running_register

PERSON = a_person()
RECORD = {"xm": PERSON.name, "zt": "01", "dj": "A", "dh": PERSON.phone, "gxsj": "2026-05-30"}
DRAFT = "draft-1"
ASK = LookUp(
    id_kind=IdKind.RESIDENT, id_number=PERSON.id_number, purpose=Purpose.DRAFT, subject=DRAFT
)
SECTION = AskRegister(
    register="tax", id_kind=IdKind.RESIDENT, id_number=PERSON.id_number, items=(FOOD.id,)
)


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_REGISTER_TOKEN", "a token of tests")


Describe = Callable[..., SampleRegister]


@pytest.fixture
def tax(central: Central) -> Iterator[SampleRegister]:
    """A register that the food item needs, and no other."""
    with running_register() as running:
        running.records = {PERSON.id_number: RECORD}
        described = describe(running, item=FOOD.id, timeout_s=0.5)
        central.database.commit(partial(load, loaded=[described], now=MONDAY, actor="test"))
        yield running


@pytest.fixture
def counter(enrolled_device: TalkingDesk) -> TalkingDesk:
    enrolled_device.sign_in(CLERK.login)
    return enrolled_device


def look(desk: TalkingDesk, ask: LookUp = ASK) -> ApplicantCard:
    return read(desk.call("/lookups", ask), ApplicantCard)


def section(desk: TalkingDesk, card: ApplicantCard, ask: AskRegister = SECTION) -> RegisterAnswer:
    return read(desk.call(f"/lookups/{card.lookup}/answers", ask), RegisterAnswer)


def case_of(central: Central, case_id: str) -> Case:
    with central.database.read() as connection:
        record = cases.find_record(connection, case_id)
    assert record is not None
    return fold(record)


def receipt(card: ApplicantCard | None) -> ReceiveCase:
    """The receipt of the person who is looked up, in the draft of the look."""
    party = Party(
        kind=PartyKind.PERSON,
        id_kind=IdKind.RESIDENT,
        id_number=PERSON.id_number,
        name=PERSON.name,
    )
    return replace(
        receive_command(),
        number="",
        application=DRAFT,
        applicant=party,
        lookup=card.lookup if card else "",
    )


def test_the_card_offers_what_may_be_asked_and_each_answers_by_itself(
    counter: TalkingDesk, tax: SampleRegister
) -> None:
    card = look(counter)
    assert card.name == PERSON.name
    (offer,) = card.offers
    assert (offer.register, offer.serves(()), offer.serves((FOOD.id,))) == ("tax", False, True)
    assert not tax.asked, "nobody is asked about before an item needs it"
    answer = section(counter, card)
    assert answer.state is AnswerState.ANSWERED
    assert answer.facts[0].value == "正常"
    assert answer.as_of is not None
    assert f"{answer.as_of:%Y-%m-%d}" == "2026-05-30"


def test_a_role_sees_what_its_work_needs(counter: TalkingDesk, tax: SampleRegister) -> None:
    seen = {fact.key for fact in section(counter, look(counter)).facts}
    assert seen == {"tax.status", "tax.contact"}, "the rating is the handler's"


def test_an_item_that_needs_nothing_gets_nothing(counter: TalkingDesk, tax: SampleRegister) -> None:
    card = look(counter)
    for items in ((), (SIGN.id,)):
        ask = replace(SECTION, items=items)
        answer = counter.call(f"/lookups/{card.lookup}/answers", ask)
        assert read_problem(answer, 403).code == "register.not_needed"
    assert not tax.asked


def test_a_look_is_for_its_own_number_user_and_time(
    counter: TalkingDesk, make_desk: MakeDesk, tax: SampleRegister, clock: SettableClock
) -> None:
    card = look(counter)
    path = f"/lookups/{card.lookup}/answers"
    other = replace(SECTION, id_number=a_person(9).id_number)
    assert read_problem(counter.call(path, other), 403).code == "lookup.other_number"
    unknown = replace(SECTION, register="no-such")
    assert read_problem(counter.call(path, unknown), 404).code == "register.unknown"
    elsewhere = make_desk(window="w2")
    elsewhere.sign_in("c2")
    assert read_problem(elsewhere.call(path, SECTION), 404).code == "lookup.unknown"
    clock.put(MONDAY + timedelta(hours=11, minutes=50))
    section(counter, card)
    assert len(tax.asked) == 1


def test_the_case_keeps_what_was_seen_and_nothing_beyond_its_need(
    central: Central, counter: TalkingDesk, tax: SampleRegister
) -> None:
    card = look(counter)
    section(counter, card)
    case_id, answer = counter.receive(receipt(card))
    assert answer.conclusion is Conclusion.APPLIED
    kept = {one.register: one for one in case_of(central, case_id).looked}
    assert kept["tax"].state is AnswerState.ANSWERED
    assert [fact.label for fact in kept["tax"].facts] == ["状态", "联系电话"]
    assert kept["population"].name == "人口库"
    told = {fact.key: fact.value for fact in kept["population"].facts}
    assert told["person.sex"] in {"男", "女"}
    assert PERSON.phone not in str(kept)
    other_id, _ = counter.receive(
        replace(receipt(card), item=SIGN.id, item_version=SIGN.version, materials=())
    )
    assert "tax" not in {one.register for one in case_of(central, other_id).looked}


@pytest.mark.parametrize("mode", [Mode.FAILING, Mode.SLOW, Mode.OTHER_PERSON, Mode.NONSENSE])
def test_the_case_records_what_is_to_be_checked(
    central: Central, counter: TalkingDesk, tax: SampleRegister, mode: Mode
) -> None:
    tax.mode = mode
    card = look(counter)
    seen = section(counter, card)
    assert (seen.state, seen.facts) == (AnswerState.TO_BE_CHECKED, ())
    case_id, _ = counter.receive(receipt(card))
    kept = {one.register: one for one in case_of(central, case_id).looked}
    assert kept["tax"] == seen


def test_the_case_records_an_older_answer_with_its_age(
    central: Central, counter: TalkingDesk, tax: SampleRegister, clock: SettableClock
) -> None:
    section(counter, look(counter))
    clock.put(MONDAY + timedelta(hours=3))
    tax.mode = Mode.FAILING
    card = look(counter)
    seen = section(counter, card)
    assert (seen.state, seen.age_s, seen.problem) == (AnswerState.OLDER, 3 * 3600, "register.down")
    assert seen.facts
    case_id, _ = counter.receive(receipt(card))
    assert seen in case_of(central, case_id).looked


def test_a_receipt_without_a_look_has_it_to_be_checked(
    central: Central, counter: TalkingDesk, tax: SampleRegister
) -> None:
    case_id, _ = counter.receive(receipt(None))
    (kept,) = case_of(central, case_id).looked
    assert (kept.register, kept.state) == ("tax", AnswerState.TO_BE_CHECKED)
    assert kept.problem == "register.not_asked"


def test_nobody_elses_look_becomes_evidence(
    central: Central, counter: TalkingDesk, tax: SampleRegister
) -> None:
    card = look(counter, replace(ASK, subject="another draft"))
    section(counter, card)
    case_id, _ = counter.receive(receipt(card))
    (kept,) = case_of(central, case_id).looked
    assert kept.problem == "register.not_asked"


def test_whoever_has_the_case_looks_from_its_page(
    central: Central, counter: TalkingDesk, make_desk: MakeDesk, tax: SampleRegister
) -> None:
    case_id, _ = counter.receive(receipt(None))
    counter.act(case_id, AcceptCase(), CLERK, 1)
    office = make_desk(department="market")
    office.sign_in(HANDLER.login)
    card = look(
        office, LookUp(id_kind=IdKind.UNKNOWN, id_number="", purpose=Purpose.CASE, subject=case_id)
    )
    assert card.masked_number.startswith(PERSON.id_number[:6])
    answer = section(office, card, AskRegister(register="tax"))
    assert "tax.rating" in {fact.key for fact in answer.facts}
    case = case_of(central, case_id)
    assert {one.register: one.state for one in case.looked}["tax"] is AnswerState.ANSWERED
    with central.database.read() as connection:
        record = cases.find_record(connection, case_id)
    assert record is not None
    looks = [one for one in record.events if isinstance(one, LookedUp)]
    kept = {fact.key: fact.value for one in case.looked for fact in one.facts}
    assert (kept["tax.status"], kept["tax.rating"]) == ("正常", ""), "the window is not told it"
    assert [one.by.user for one in looks] == [HANDLER.id] * 2
    assert counter.bootstrap(), "the desks hear of it"


def test_breaking_the_glass_is_reported_and_sees_the_least(
    central: Central, counter: TalkingDesk, make_desk: MakeDesk, tax: SampleRegister
) -> None:
    audit_desk = make_desk()
    for desk in (audit_desk, counter):
        desk.pull()
    ask = replace(ASK, purpose=Purpose.BREAK_GLASS, reason=f"走失老人 {PERSON.phone}")
    card = look(counter, ask)
    assert card.facts.keys() == {"person.name", "person.address"}
    assert not any(offer.serves(()) for offer in card.offers)
    answer = counter.call(f"/lookups/{card.lookup}/answers", SECTION)
    assert read_problem(answer, 403).code == "register.not_needed", "no item, no need"
    with central.database.read() as connection:
        (found,) = findings.list_between(connection, MONDAY, MONDAY + timedelta(days=1))
    assert (found.rule, found.actor, found.actor_name) == ("R10", CLERK.id, CLERK.name)
    assert "走失老人" in found.parameters["reason"]
    assert PERSON.phone not in found.parameters["reason"]
    assert [one.id for one in audit_desk.pull().items] == [found.id], "it reaches their desk"
    assert found.id not in [one.id for one in counter.pull().items]


def reported(central: Central, rule: str) -> list[Finding]:
    with central.database.read() as connection:
        return list(findings.list_between(connection, MONDAY, MONDAY + timedelta(days=9), rule))


def test_what_was_seen_beyond_the_need_of_what_came_is_reported(
    central: Central,
    counter: TalkingDesk,
    make_desk: MakeDesk,
    tax: SampleRegister,
    clock: SettableClock,
) -> None:
    """The desk says that an item is in the draft; which one was received, central knows."""
    audit_desk = make_desk()
    cards = [look(counter, replace(ASK, subject=draft)) for draft in ("needed", DRAFT)]
    for draft, item, card in zip(("needed", DRAFT), (FOOD, SIGN), cards, strict=True):
        section(counter, card)
        received = replace(receipt(card), application=draft, item=item.id, materials=())
        counter.receive(replace(received, item_version=item.version))
    assert sweep_looks(central) == 0, "a draft may lie for some days"
    clock.put(MONDAY + timedelta(days=4))
    audit_desk.hello()
    audit_desk.pull()
    assert (sweep_looks(central), sweep_looks(central)) == (1, 0)
    (found,) = reported(central, "R12")
    assert (found.actor, found.parameters["fields"]) == (CLERK.id, "tax.contact tax.status")
    assert found.case_number
    assert [one.id for one in audit_desk.pull().items] == [found.id]
    with central.database.read() as connection:
        came = {one.id: one for one in follow(connection, MONDAY, MONDAY + timedelta(days=1))}
    assert len(came) == len((FOOD, SIGN))
    assert came.pop(cards[1].lookup).beyond == {"tax": frozenset({"tax.status", "tax.contact"})}
    assert [one.beyond for one in came.values()] == [{}]


def test_many_looks_that_no_application_followed_are_reported(
    central: Central, counter: TalkingDesk, clock: SettableClock
) -> None:
    looks = [replace(ASK, subject=f"draft-{n}") for n in range(5)]
    for ask in looks:
        look(counter, ask)
    other = look(counter, replace(ASK, subject="other", id_number=a_person(9).id_number))
    counter.receive(replace(receipt(other), application="other"))
    clock.put(MONDAY + timedelta(days=4))
    assert sweep_looks(central) == 1
    (found,) = reported(central, "R11")
    assert found.parameters == {"count": "6", "day": f"{MONDAY:%Y-%m-%d}"}, "his is no case of hers"


def test_an_old_code_is_refused_with_a_record(central: Central, counter: TalkingDesk) -> None:
    ask = replace(ASK, id_kind=IdKind.OLD_REGISTRATION, id_number="110108000000016")
    assert read_problem(counter.call("/lookups", ask), 422).code == "applicant.number_old"
    with central.database.read() as connection:
        asked = text("select detail from audit where action = 'lookup.refused'")
        (detail,) = connection.execute(asked).scalars()
        assert audit.find_break(connection) is None
    assert "applicant.number_old" in detail
    assert "110108" not in detail


def test_a_person_and_the_organisations_they_represent(
    central: Central, counter: TalkingDesk
) -> None:
    body = an_organisation()
    boss = replace(ASK, id_number=body.representative.id_number)
    (represented,) = look(counter, boss).represents
    assert represented.name == body.name
    assert body.uscc not in represented.masked_number


def test_an_organisation_with_its_representative(counter: TalkingDesk) -> None:
    body = an_organisation()
    card = look(counter, replace(ASK, id_kind=IdKind.USCC, id_number=body.uscc))
    assert card.facts["organisation.representative"] == body.representative.name
    assert body.representative.id_number not in str(card)


def test_the_access_log_of_the_day_is_what_was_looked_up(
    central: Central, counter: TalkingDesk, make_desk: MakeDesk, tax: SampleRegister
) -> None:
    """Every answer that left central, and no other, stands in the log of its day."""
    seen: list[tuple[str, str, str, str, str]] = []

    def remember(user: User, purpose: Purpose, answers: tuple[RegisterAnswer, ...]) -> None:
        for one in answers:
            fields = " ".join(dict.fromkeys(fact.key for fact in one.facts))
            seen.append((user.id, purpose.value, one.register, one.state.value, fields))

    card = look(counter)
    remember(CLERK, Purpose.DRAFT, card.answers)
    remember(CLERK, Purpose.DRAFT, (section(counter, card),))
    case_id, _ = counter.receive(receipt(card))
    tax.mode = Mode.FAILING
    remember(CLERK, Purpose.DRAFT, (section(counter, card, replace(SECTION, anew=True)),))
    counter.act(case_id, AcceptCase(), CLERK, 1)
    office = make_desk(department="market")
    office.sign_in(HANDLER.login)
    mine = LookUp(id_kind=IdKind.UNKNOWN, id_number="", purpose=Purpose.CASE, subject=case_id)
    card = look(office, mine)
    remember(HANDLER, Purpose.CASE, card.answers)
    remember(HANDLER, Purpose.CASE, (section(office, card, AskRegister(register="tax")),))
    glass = replace(ASK, purpose=Purpose.BREAK_GLASS, reason="走失老人")
    office.call("/lookups", glass)
    with central.database.read() as connection:
        day = register_answers.list_accesses(connection, MONDAY, MONDAY + timedelta(days=1))
        before = register_answers.list_accesses(connection, MONDAY - timedelta(days=1), MONDAY)
    logged = [(one.user, one.purpose, one.register, one.state, one.fields) for one in day]
    broken = [one for one in logged if one[1] == Purpose.BREAK_GLASS]
    assert sorted(one for one in logged if one not in broken) == sorted(seen)
    assert broken
    assert not before
    assert {one.items for one in day if one.register == "tax"} == {FOOD.id}
    assert PERSON.id_number not in str(day)
