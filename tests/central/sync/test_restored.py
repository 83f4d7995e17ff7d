"""A restored central takes again what it has lost, on both databases, and no number comes twice."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from msgspec.structs import replace
from sqlalchemy import text

from central.db.engine import Connection
from central.desks import move_desk
from central.restoring import mark_restored
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.answer import Conclusion
from clerk.contract.command import AcceptCase, Envelope
from clerk.contract.sync import Directive, GivenPaper, Push, Pushed
from tests.support.cases import CLERK, receive_command
from tests.support.central import MakeDesk, TalkingDesk, read, read_case

LOST = ("commands", "events", "case_audiences", "cases", "document_counters")


def lose_everything(connection: Connection) -> None:
    """As a backup from before the first case has it."""
    for table in LOST:
        connection.execute(text(f"delete from {table}"))  # noqa: S608
    connection.execute(text("update devices set last_n = 0"))


def send(desk: TalkingDesk, *envelopes: object, **more: object) -> Pushed:
    device, incarnation = desk.enrolled.device, desk.enrolled.incarnation
    message = Push(device=device, incarnation=incarnation, commands=envelopes, **more)  # type: ignore[arg-type]
    return read(desk.call("/sync/push", message), Pushed)


def test_the_paper_keeps_its_number(
    central: Central, enrolled_device: TalkingDesk, clock: SettableClock
) -> None:
    desk = enrolled_device
    desk.session = desk.sign_in(CLERK.login).token
    number = desk.next_number()
    receipt = desk.envelope(replace(receive_command(), number=number))
    accept = desk.envelope(AcceptCase(), case_id=receipt.case_id, base=1)
    before = send(desk, receipt, accept)
    (case,) = [read_case(one) for one in desk.bootstrap() if one.kind == "case"]
    document = case.events[-1].document  # type: ignore[union-attr]

    central.database.commit(lose_everything)
    central.database.commit(partial(mark_restored, now=clock.now()))
    assert desk.hello().directive is Directive.BOOTSTRAP
    early = send(desk, accept, void=(1,))
    assert early.answers == ()
    assert early.mending, "what it leans on is still to come"
    told = send(desk, receipt, accept, papers=(GivenPaper(2, document),))
    assert told.generation != before.generation
    assert [one.conclusion for one in told.answers] == [Conclusion.APPLIED] * 2
    (again,) = [read_case(one) for one in desk.bootstrap() if one.kind == "case"]
    assert again == case
    assert send(desk, receipt, accept).answers == told.answers

    second = desk.envelope(
        replace(receive_command(), number=desk.next_number(), application="visit-2")
    )
    accepted = desk.envelope(AcceptCase(), case_id=second.case_id, base=1)
    send(desk, second, accepted, papers=(GivenPaper(4, document),))
    cases = [read_case(one) for one in desk.bootstrap() if one.kind == "case"]
    documents = {one.events[-1].document for one in cases}  # type: ignore[union-attr]
    assert len(documents) == 2, "a number that was given out once is never believed again"


def forget_lending(connection: Connection) -> None:
    """As a backup from before the first case, at a window that had lent nothing."""
    lose_everything(connection)
    connection.execute(text("delete from number_leases"))


def restore_again(central: Central, clock: SettableClock) -> None:
    """The same backup once more."""
    central.database.commit(forget_lending)
    central.database.commit(partial(mark_restored, now=clock.now()))


def test_a_receipt_counts_after_any_number_of_restores(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    """Of one backup on one day: no number lent in between is refused, and none is lent twice."""
    desk = make_desk(window="w1")
    given: list[Envelope] = []
    desk.hello()
    for _ in range(3):
        receipt = replace(receive_command(), number=desk.next_number())
        given.append(desk.envelope(replace(receipt, application=f"visit-{len(given)}")))
        assert send(desk, *given, void=()).answers[-1].conclusion is Conclusion.APPLIED
        before = desk.lease
        restore_again(central, clock)
        assert desk.hello(numbers_left=0).directive is Directive.BOOTSTRAP
        assert desk.lease == before, "no number has had its moment yet"
        clock.put(clock.now() + timedelta(minutes=20))
        fresh = desk.hello(numbers_left=0).lease
        assert fresh is not None
        assert before is not None
        assert fresh.first > before.last, "what was lent is not lent again"
        desk.used = 0
    answers = send(desk, *given).answers
    assert [one.conclusion for one in answers] == [Conclusion.APPLIED] * 3
    other = make_desk(window="w1")
    stolen = replace(receive_command(), number=desk.next_number(), application="visit-x")
    refusal = other.receive(stolen)[1].refusal
    assert refusal is not None
    assert refusal.code == "case_number.not_lent", "this central has lent it to the first desk"


def test_a_receipt_from_a_window_that_central_forgot_the_desk_stood_at(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    desk = make_desk(window="w2")
    receipt = desk.envelope(replace(receive_command(), number=desk.next_number(), window="w2"))
    moving = partial(
        move_desk, device_id=desk.enrolled.device, window="w1", department="", now=clock.now()
    )
    central.database.commit(moving)
    restore_again(central, clock)
    desk.hello()
    assert send(desk, receipt).answers[0].conclusion is Conclusion.APPLIED


def test_a_push_that_was_under_way_during_a_restore_is_not_looked_at(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    desk = make_desk(window="w1")
    receipt = desk.envelope(replace(receive_command(), number=desk.next_number()))
    generation = desk.generation
    restore_again(central, clock)
    late = send(desk, receipt, generation=generation)
    assert (late.answers, late.last_n) == ((), 0)
    desk.hello()
    assert late.generation == desk.generation
    told = send(desk, receipt, generation=desk.generation)
    assert told.answers[0].conclusion is Conclusion.APPLIED


def test_a_moved_desk_begins_again(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    desk = make_desk(window="w1")
    desk.receive(replace(receive_command(), number=""))
    desk.bootstrap()
    moving = partial(
        move_desk, device_id=desk.enrolled.device, window="", department="fire", now=clock.now()
    )
    central.database.commit(moving)
    assert desk.pull().scope_version == 2
    welcome = desk.hello()
    assert welcome.directive is Directive.BOOTSTRAP
    assert welcome.place is not None
    assert (welcome.place.window, welcome.place.department) == ("", "fire")
    assert not [one for one in desk.bootstrap() if one.kind == "case"]
