"""A timely renewal undecided at the end is put before a person once, and nothing is granted."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from central.catalogue.publishing import publish
from central.db import audit, catalogue, feed, licences, renewals
from central.db.engine import Connection
from central.db.watched import Query, page
from central.jobs.renewing import sweep_renewals
from central.service import Central
from central.watching.following import sweep_watched
from clerk.clock import SettableClock
from clerk.contract.command import AcceptCase, AnswerAsk, WithdrawCase
from clerk.contract.identity import IdKind
from clerk.contract.licence import Licence, LicenceStatus, LicenceType, Renewal
from clerk.rules.case.state import AskKind
from tests.support.cases import APPROVER, CLERK, FOOD, HANDLER, MONDAY, receive_command
from tests.support.central import MakeDesk
from tests.support.granting import Granted
from tests.support.people import a_person

UNTIL = MONDAY.date() + timedelta(days=30)
KIND = LicenceType(id="food-licence", name="食品经营许可证")


class Shop(Granted):
    """Somebody holds a licence, and applies for its renewal on its thirtieth day before last."""

    def __init__(self, central: Central, make_desk: MakeDesk) -> None:
        super().__init__(central, make_desk)
        central.database.commit(self._furnish)

    def _furnish(self, connection: Connection) -> None:
        catalogue.put_licence_type(connection, KIND)
        published = publish(connection, [replace(FOOD, name="食品经营许可延续")], MONDAY)
        feed.announce(connection, published.changes)
        person = a_person()
        old = Licence(
            id="l-1",
            type=KIND.id,
            type_name="",
            number="旧证1号",
            holder_name=person.name,
            issuer="市市场监督管理局",
            issued_on=MONDAY.date() - timedelta(days=1000),
            valid_until=UNTIL,
        )
        licences.add(connection, old, IdKind.RESIDENT, person.id_number)

    def apply(self) -> str:
        with self.central.database.read() as connection:
            item = catalogue.find_item(connection, FOOD.id)
        assert item is not None
        command = replace(receive_command(), number="", item_version=item.version)
        case_id, answer = self.window.receive(command)
        assert answer.refusal is None, answer
        self.act(self.window, case_id, AcceptCase(), CLERK)
        return case_id

    def licence(self) -> Licence:
        with self.central.database.read() as connection:
            known = licences.find_known(connection, "l-1")
        assert known is not None
        return known.licence


def end(shop: Shop, clock: SettableClock) -> None:
    """The day after the licence's last, and the desks greet central anew."""
    clock.put(MONDAY + timedelta(days=31))
    for desk in (shop.window, shop.department):
        desk.hello()
        desk.sessions.clear()


def test_put_before_the_approver_once_and_nothing_is_granted(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    shop = Shop(central, make_desk)
    case_id = shop.apply()
    clock.put(MONDAY + timedelta(days=30))
    assert sweep_renewals(central) == 0
    end(shop, clock)
    assert (sweep_renewals(central), sweep_renewals(central)) == (1, 0)
    case = shop.case(case_id)
    (ask,) = case.open_asks
    assert (ask.kind, ask.licence, ask.department) == (AskKind.RENEWAL, "l-1", "market")
    assert case.in_hand
    assert not case.licence
    old = shop.licence()
    assert (old.status, old.valid_until) == (LicenceStatus.VALID, UNTIL)
    assert old.renewal is Renewal.TO_CONFIRM
    assert not old.holds_on(UNTIL + timedelta(days=1))
    sweep_watched(central)
    with central.database.read() as connection:
        on_board, _ = page(connection, Query(asked="renewal"))
        (noted,) = renewals.list_noted(connection)
        assert audit.find_break(connection) is None
    assert [one.id for one in on_board] == [case_id]
    assert (noted.number, noted.holds) == ("旧证1号", None)


def test_the_approver_confirms_or_says_why_not(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    shop = Shop(central, make_desk)
    case_id = shop.apply()
    end(shop, clock)
    assert sweep_renewals(central) == 1
    said = AnswerAsk(ask=1, text="按时申请，材料齐全")
    assert shop.refused(shop.department, case_id, said, APPROVER) == "renewal.no_answer"
    confirm = replace(said, holds=True)
    assert shop.refused(shop.department, case_id, confirm, HANDLER) == "ask.not_yours"
    shop.act(shop.department, case_id, confirm, APPROVER)
    assert not shop.case(case_id).open_asks
    assert shop.licence().renewal is Renewal.CONFIRMED
    assert sweep_renewals(central) == 0
    shop.act(shop.window, case_id, WithdrawCase(reason="不办了"), CLERK)
    assert shop.licence().renewal is Renewal.NONE


def test_not_treated_as_renewed_where_the_person_says_so(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    shop = Shop(central, make_desk)
    case_id = shop.apply()
    end(shop, clock)
    assert sweep_renewals(central) == 1
    deny = AnswerAsk(ask=1, text="申请的是另一证", holds=False)
    shop.act(shop.department, case_id, deny, APPROVER)
    assert shop.licence().renewal is Renewal.NONE
    answer = shop.case(case_id).asks[0].answer
    assert answer is not None
    assert (answer.holds, answer.text) == (False, "申请的是另一证")


def test_an_application_that_came_too_late_is_not_put(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    shop = Shop(central, make_desk)
    clock.put(MONDAY + timedelta(days=1))
    shop.window.hello()
    shop.apply()
    end(shop, clock)
    assert sweep_renewals(central) == 0
    assert shop.licence().renewal is Renewal.NONE
