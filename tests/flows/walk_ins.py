"""The walk-ins of the stories, and what happens in the background of some of them."""

from __future__ import annotations

from central.seed.staff import DepartmentStaff
from clerk.contract.identity import IdKind
from clerk.rules.specimens import SpecimenOrganisation
from services.bootstrap import Desk
from services.demo import hands
from services.intake import ReceivedCase
from tests.support.storyteller import PASSWORD, Clerk

FOOD, HYGIENE = "食品经营许可", "公共场所卫生许可"
RESTAURANT = (1, 2, 1, 5, 2)
"""New, catering; new, a place of entertainment, no central air."""

FORM = {
    "phone": "15400001111",
    "premises-address": "示范路1号",
    "premises-area": "120",
    "staff-number": "6",
    "business": "2",
    "project": "餐饮",
    "organisation-name": "",
    "representative": "",
    "organisation-address": "",
}
"""What is typed into the form; the register knows the rest."""


async def take_in_restaurant(clerk: Clerk, firm: SpecimenOrganisation) -> None:
    """A firm applies for two items of two departments; everything is there but the receipt."""
    await clerk.begins()
    await clerk.pastes(firm.uscc)
    await clerk.presses("enter")
    await clerk.chooses("spjyxk")
    await clerk.chooses(HYGIENE)
    await clerk.answers(*RESTAURANT)
    await clerk.ticks_all()
    await clerk.fills_in(FORM)


def receive(
    desk: Desk, firm: SpecimenOrganisation, item: str, wanted: dict[str, str] | None = None
) -> ReceivedCase:
    """A firm's application for one item, as somebody took it in while nobody looked."""
    draft = hands.begin_visit(desk, IdKind.USCC, firm.uscc)
    draft = hands.answer(desk, hands.choose(desk, draft, (item,)), wanted or {"matter": "new"})
    (case,) = hands.receive(desk, hands.tick_all(desk, draft)).cases
    desk.sync.run_once()
    return case


def receive_and_accept(desk: Desk, firm: SpecimenOrganisation, item: str) -> ReceivedCase:
    """The same, accepted at the window."""
    case = receive(desk, firm, item)
    desk.counter.accept(case.case_id)
    return case


def carry_through(desk: Desk, staff: DepartmentStaff, case_id: str) -> None:
    """Handle, review, approve and make the result, each step by its own person."""
    desk.sync.run_once()
    for login in (staff.handler, staff.reviewer):
        desk.session.sign_in(login, PASSWORD)
        desk.casework.claim(case_id)
        desk.casework.pass_step(case_id, hands.AGREED)
    desk.session.sign_in(staff.approver, PASSWORD)
    desk.casework.claim(case_id)
    done = desk.casework.grant(case_id, hands.AGREED)
    if done.case.case is not None and done.case.case.delivery == "in_production":
        desk.casework.produce(case_id)
