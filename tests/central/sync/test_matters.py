"""Matters at central: taken once however often they come, sent to those whom they are for."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import msgspec
from msgspec.structs import replace

from central.acts.mattering import open_follow_up
from central.db import feed, matters
from central.db.engine import Connection
from central.restoring import mark_restored
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.answer import Answer, Conclusion
from clerk.contract.command import MoveMatter, TakeMatter, TellMatter
from clerk.contract.matter import AnyMatterAct, Brought, MatterRecord
from clerk.contract.sync import EntityKind, Page, Pushed, Remove
from clerk.contract.user import User
from clerk.decoding import decode
from clerk.rules.matter import Matter, MatterStage, fold_matter
from tests.support.cases import APPROVER, CLERK, HANDLER
from tests.support.central import (
    AUDITOR,
    MANAGER,
    MakeDesk,
    TalkingDesk,
    read,
)
from tests.support.matters import APPEAL, CONTACT, EXCLUDE, INQUIRY, PASS, RATED, REPLY

TAKE = TakeMatter(brought=INQUIRY)


def stored(central: Central, matter_id: str) -> Matter:
    with central.database.read() as connection:
        record = matters.find(connection, matter_id)
    assert record is not None
    return fold_matter(record)


def take(desk: TalkingDesk, brought: Brought = INQUIRY) -> str:
    envelope = desk.envelope(TakeMatter(brought=brought))
    assert desk.send(envelope)[0].conclusion is Conclusion.APPLIED
    return envelope.case_id


def move(desk: TalkingDesk, matter_id: str, act: AnyMatterAct, by: User) -> Answer:
    return desk.act(matter_id, MoveMatter(act=act), by)


def code_of(answer: Answer) -> str:
    assert answer.refusal is not None
    return answer.refusal.code


def follow_up(central: Central) -> str:
    """Open the follow-up of a rating as a rating does, with the feed in one transaction."""

    def opening(connection: Connection) -> str:
        change = open_follow_up(connection, RATED, central.clock.now(), window="w1")
        assert change is not None
        feed.announce(connection, (change,))
        assert open_follow_up(connection, RATED, central.clock.now()) is None, "once"
        return change.id

    return central.database.commit(opening)


def put_of(page: Page, matter_id: str) -> MatterRecord | None:
    """What the feed last says of a matter; nothing where it does not speak of it, or removes it."""
    entry = next((one for one in page.items if one.id == matter_id), None)
    if entry is None or isinstance(entry, Remove):
        return None
    assert entry.kind == EntityKind.MATTER
    return decode(entry.body, MatterRecord)


def test_the_story_of_an_inquiry(central: Central, make_desk: MakeDesk) -> None:
    window, market = make_desk(window="w1"), make_desk(department="market")
    other, fire = make_desk(window="w2"), make_desk(department="fire")
    for desk in (window, market, other, fire):
        desk.pull()
    matter_id = take(window)
    brought = put_of(market.pull(), matter_id)
    assert brought is not None
    assert INQUIRY.phone not in msgspec.json.encode(brought).decode()
    assert put_of(other.pull(), matter_id) is put_of(fire.pull(), matter_id) is None
    assert move(market, matter_id, REPLY, HANDLER).conclusion is Conclusion.APPLIED
    answered = put_of(window.pull(), matter_id)
    assert answered is not None
    assert fold_matter(answered).answered
    told = window.send(window.envelope(TellMatter(), CLERK, matter_id))[0]
    assert told.conclusion is Conclusion.APPLIED, "a window needs no session for it"
    assert stored(central, matter_id).stage is MatterStage.TOLD
    assert stored(central, matter_id).brought == INQUIRY, "central keeps it whole"


def test_a_repeat_does_nothing(central: Central, make_desk: MakeDesk) -> None:
    window, market = make_desk(window="w1"), make_desk(department="market")
    envelope = window.envelope(TAKE)
    first, second = window.send(envelope), window.send(envelope)
    assert first == second
    anew = window.send(window.envelope(TAKE, CLERK, envelope.case_id))[0]
    assert code_of(anew) == "matter.taken"
    move(market, envelope.case_id, REPLY, HANDLER)
    assert code_of(move(market, envelope.case_id, REPLY, HANDLER)) == "matter.answered"
    assert stored(central, envelope.case_id).version == 2


def test_what_waited_for_the_line_counts_from_when_it_was_said(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    window = make_desk(window="w1")
    envelope = window.envelope(TAKE)
    said_at = clock.now()
    clock.turn(timedelta(hours=3))
    window.send(envelope)
    assert stored(central, envelope.case_id).taken_at == said_at


def test_handed_on_it_leaves_the_departments_desk(central: Central, make_desk: MakeDesk) -> None:
    window, market = make_desk(window="w1"), make_desk(department="market")
    fire = make_desk(department="fire")
    matter_id = take(window)
    market.pull(), fire.pull()
    unknown = replace(PASS, to="nowhere")
    assert code_of(move(market, matter_id, unknown, HANDLER)) == "department.unknown"
    assert move(market, matter_id, PASS, HANDLER).conclusion is Conclusion.APPLIED
    assert [type(one) for one in market.pull().items if one.id == matter_id] == [Remove]
    assert put_of(fire.pull(), matter_id)
    assert code_of(move(market, matter_id, REPLY, HANDLER)) == "matter.unknown"
    assert matter_id not in [one.id for one in market.bootstrap()]
    assert matter_id in [one.id for one in fire.bootstrap()]
    assert move(window, matter_id, REPLY, MANAGER).conclusion is Conclusion.APPLIED


def test_a_bad_rating_opens_its_follow_up_once(central: Central, make_desk: MakeDesk) -> None:
    window, market, audit = make_desk(window="w1"), make_desk(department="market"), make_desk()
    for desk in (window, market, audit):
        desk.pull()
    matter_id = follow_up(central)
    assert put_of(window.pull(), matter_id) is None, "who was rated does not see it"
    assert put_of(market.pull(), matter_id)
    assert put_of(audit.pull(), matter_id)
    assert move(market, matter_id, CONTACT, APPROVER).conclusion is Conclusion.APPLIED
    assert move(market, matter_id, APPEAL, APPROVER).conclusion is Conclusion.APPLIED
    assert move(audit, matter_id, EXCLUDE, AUDITOR).conclusion is Conclusion.APPLIED
    with central.database.read() as connection:
        assert matters.list_excluded(connection, ("r-1", "r-2", "")) == {"r-1"}
        found = matters.find_of_rating(connection, "r-1")
    assert found is not None
    assert fold_matter(found).appeal == stored(central, matter_id).appeal, "the reason stays"


def test_after_a_restore_an_answer_waits_for_its_matter(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    window, market = make_desk(window="w1"), make_desk(department="market")
    central.database.commit(partial(mark_restored, now=clock.now()))
    market.sign_in(HANDLER.login)
    taken = window.envelope(TAKE)
    reply = market.envelope(MoveMatter(act=REPLY), HANDLER, taken.case_id, 1)
    pushed = read(market.push(reply), Pushed)
    assert (pushed.answers, pushed.mending) == ((), True)
    window.send(taken)
    assert market.send(reply)[0].conclusion is Conclusion.APPLIED
