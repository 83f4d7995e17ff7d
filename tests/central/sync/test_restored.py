"""A restored central takes again what it has lost, on both databases, and no number comes twice."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace
from sqlalchemy import text

from central.db import devices
from central.db.engine import Connection
from central.desks import move_desk
from central.restoring import mark_restored
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.answer import Conclusion
from clerk.contract.command import AcceptCase
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


def test_ranges_are_known_again_by_the_desk_that_holds_them(
    central: Central, enrolled_device: TalkingDesk, clock: SettableClock
) -> None:
    desk = enrolled_device
    held = desk.lease
    assert held is not None
    central.database.commit(lambda c: c.execute(text("delete from number_leases")))
    first = replace(held, first=1, last=1)
    with central.database.write() as connection:
        device = devices.find(connection, desk.enrolled.device)
        assert device is not None
        devices.lend_numbers(connection, held.window, 1, device, clock.now())
        mark_restored(connection, clock.now())
    ours = replace(held, first=2, last=200)
    lent = desk.hello(leases=(first, ours)).lease
    assert lent is not None
    assert lent.first > 4_000, "beyond all that may have been lent"
    with central.database.read() as connection:
        assert devices.was_lent(connection, desk.enrolled.device, held.window, 150)
        assert not devices.was_lent(connection, desk.enrolled.device, held.window, 250)


def test_a_window_that_had_lent_nothing_before_the_backup(
    central: Central, enrolled_device: TalkingDesk, clock: SettableClock
) -> None:
    held = enrolled_device.lease
    assert held is not None
    with central.database.write() as connection:
        connection.execute(text("delete from number_leases"))
        mark_restored(connection, clock.now())
    lent = enrolled_device.hello(leases=(held,)).lease
    assert lent is not None
    assert lent.first > held.last, "a number is never lent twice"
    with central.database.read() as connection:
        assert devices.was_lent(
            connection, enrolled_device.enrolled.device, held.window, held.first
        )


def test_a_push_that_was_under_way_during_a_restore_is_not_looked_at(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    desk = make_desk(window="w1")
    receipt = desk.envelope(replace(receive_command(), number=desk.next_number()))
    generation = desk.generation
    central.database.commit(lose_everything)
    central.database.commit(partial(mark_restored, now=clock.now()))
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
