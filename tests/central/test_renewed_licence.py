"""A licence that ended while its timely renewal is undecided: what it is worth until then."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from central.catalogue.publishing import publish
from central.db import catalogue, feed
from central.db.engine import Connection
from central.jobs.licence_ends import sweep_licence_ends
from central.jobs.renewing import sweep_renewals
from central.licensing.digits import check_digits
from central.licensing.verifying import verify
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.case import MaterialState, Ticked
from clerk.contract.command import (
    AcceptCase,
    AnswerAsk,
    Approve,
    Propose,
    ReleaseResult,
    WithdrawCase,
)
from clerk.contract.licence import LicenceStatus, LicenceType, Renewal
from clerk.contract.licence_life import LicenceAct, LicenceGround, LicencePlan
from clerk.contract.verification import Verified
from clerk.rules.exemption import Flaw
from tests.support.cases import (
    APPROVER,
    CLERK,
    FOOD,
    HANDLER,
    HEAD,
    MONDAY,
    all_provided,
    receive_command,
)
from tests.support.central import MakeDesk
from tests.support.granting import Granted

KIND = LicenceType(id="food-licence", name="食品经营许可证", replaces=("id-card",))
RENEWAL = replace(FOOD, name="食品经营许可延续")
RELEASE = ReleaseResult(collector="本人", collector_id="", collector_kind="self", signature="签")
NOT_RENEWED = Propose(
    plan=LicencePlan(act=LicenceAct.CANCEL, reason="届满未延续", ground=LicenceGround.NOT_RENEWED)
)

SUSPEND = LicencePlan(act=LicenceAct.SUSPEND, reason="责令整改", basis="某法第十条")
RESUME = LicencePlan(act=LicenceAct.RESUME, reason="整改完成")
REVOKE = LicencePlan(act=LicenceAct.REVOKE, reason="以虚假材料取得", ground=LicenceGround.DECEPTION)


class Shop(Granted):
    """A licence that was handed out and whose renewal was applied for five weeks before its end."""

    def __init__(self, central: Central, make_desk: MakeDesk, clock: SettableClock) -> None:
        super().__init__(central, make_desk)
        self.clock = clock
        central.database.commit(lambda one: catalogue.put_licence_type(one, KIND))
        self.old = self.grant()
        self.act(self.window, self.old, RELEASE, CLERK)
        self.at(date(2031, 4, 25))
        central.database.commit(
            lambda one: feed.announce(one, publish(one, [RENEWAL], MONDAY).changes)
        )
        with central.database.read() as connection:
            item = catalogue.find_item(connection, FOOD.id)
        assert item is not None
        self.receipt = replace(receive_command(), number="", item_version=item.version)
        self.renewal, answer = self.window.receive(self.receipt)
        assert answer.refusal is None
        self.act(self.window, self.renewal, AcceptCase(), CLERK)

    def at(self, day: date) -> None:
        """Another day; the desks greet central anew."""
        now = self.clock.now()
        self.clock.put(now.replace(year=day.year, month=day.month, day=day.day))
        for desk in (self.window, self.department):
            desk.hello()
            desk.sessions.clear()

    def carry(self, plan: LicencePlan) -> None:
        """Proposed by a handler and approved by the head."""
        self.act(self.department, self.old, Propose(plan=plan), HANDLER)
        n = self.case(self.old).proposals[-1].n
        self.act(self.department, self.old, Approve(proposal=n), HEAD)

    def exempted(self) -> Ticked:
        """What central makes of an intake that is exempted by the old licence."""
        evidence = self.case(self.old).licence
        mine = Ticked(key="m2", name="身份证", state=MaterialState.EXEMPTED, evidence=evidence)
        ticks = tuple(mine if one.key == "m2" else one for one in all_provided())
        case_id, answer = self.window.receive(replace(self.receipt, materials=ticks))
        assert answer.refusal is None
        return next(one for one in self.case(case_id).materials if one.key == "m2")

    def verified(self) -> Verified:
        def look(connection: Connection) -> Verified:
            number = self.case(self.old).licence
            code = check_digits(connection, KIND.id, number)
            return verify(connection, number, code, self.clock.now().date())

        return self.central.database.commit(look)


@pytest.mark.timeout(120)
def test_confirmed_it_holds_until_its_renewal_is_decided_and_is_not_cancelled_meanwhile(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    shop = Shop(central, make_desk, clock)
    shop.at(date(2031, 6, 3))
    assert sweep_licence_ends(central) == 1
    assert shop.exempted().note == Flaw.EXPIRED
    refused = shop.refused(shop.department, shop.old, NOT_RENEWED, HANDLER)
    assert refused == "licence.renewal_undecided", "before anybody was asked about it"

    assert sweep_renewals(central) == 1
    asked = shop.exempted()
    assert (asked.state, asked.note) == (MaterialState.MISSING, Flaw.RENEWAL_OPEN)
    assert (shop.verified().status, shop.verified().renewal) == (
        LicenceStatus.EXPIRED,
        Renewal.TO_CONFIRM,
    )

    said = AnswerAsk(ask=1, text="按时申请", holds=True)
    shop.act(shop.department, shop.renewal, said, APPROVER)
    exempted = shop.exempted()
    assert exempted.state is MaterialState.EXEMPTED
    assert exempted.note.endswith(f"（视为准予延续，2031-06-03由{APPROVER.name}确认）")
    verified = shop.verified()
    assert verified.status is LicenceStatus.VALID
    assert (verified.renewal, verified.renewal_on) == (Renewal.CONFIRMED, date(2031, 6, 3))
    refused = shop.refused(shop.department, shop.old, NOT_RENEWED, HANDLER)
    assert refused == "licence.renewal_undecided"

    shop.act(shop.window, shop.renewal, WithdrawCase(reason="不办了"), CLERK)
    assert shop.exempted().note == Flaw.EXPIRED
    assert shop.verified().status is LicenceStatus.EXPIRED
    shop.act(shop.department, shop.old, NOT_RENEWED, HANDLER)


def test_what_was_suspended_at_its_end_stays_so_though_it_counts_as_renewed(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    shop = Shop(central, make_desk, clock)
    shop.carry(SUSPEND)
    shop.at(date(2031, 6, 3))
    assert sweep_licence_ends(central) == 1
    assert sweep_renewals(central) == 1
    shop.act(shop.department, shop.renewal, AnswerAsk(ask=1, text="按时申请", holds=True), APPROVER)
    assert shop.verified().status is LicenceStatus.SUSPENDED
    assert shop.exempted().note == Flaw.SUSPENDED
    shop.carry(RESUME)
    assert shop.verified().status is LicenceStatus.VALID
    assert sweep_licence_ends(central) == 0, "it is over already"
    shop.carry(replace(SUSPEND, until=date(2031, 6, 10)))
    assert shop.verified().status is LicenceStatus.SUSPENDED
    shop.at(date(2031, 6, 11))
    assert (sweep_licence_ends(central), sweep_licence_ends(central)) == (1, 0)
    assert shop.verified().status is LicenceStatus.VALID
    shop.carry(REVOKE)
    assert shop.verified().status is LicenceStatus.REVOKED


def test_a_person_who_says_that_it_is_none_opens_the_cancellation(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    shop = Shop(central, make_desk, clock)
    shop.at(date(2031, 6, 3))
    assert sweep_licence_ends(central) == 1
    assert sweep_renewals(central) == 1
    said = AnswerAsk(ask=1, text="申请的是另一证", holds=False)
    shop.act(shop.department, shop.renewal, said, APPROVER)
    assert shop.exempted().note == Flaw.EXPIRED
    shop.act(shop.department, shop.old, NOT_RENEWED, HANDLER)
