"""Items, users and cases for tests of the rules; the people in them are invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from clerk.clock import OFFICE_ZONE
from clerk.contract.answer import Refusal
from clerk.contract.case import AnyEvent, CaseRecord, MaterialState, Ticked
from clerk.contract.command import AcceptCase, AnyCommand, ReceiveCase
from clerk.contract.identity import IdKind
from clerk.contract.item import Audience, Item, Material, Result, ResultKind
from clerk.contract.limits import Limit
from clerk.contract.party import Party, PartyKind
from clerk.contract.user import Role, User
from clerk.rules.case import Case, Context, decide, fold
from clerk.rules.numbers import format_case_number
from clerk.rules.overlay import extend
from tests.support.people import a_person
from tests.support.work_calendar import REAL_CALENDAR

MONDAY = datetime(2026, 6, 1, 9, 30, tzinfo=OFFICE_ZONE)
"""A Monday in a month without holidays until the 19th."""

DUE = MONDAY.date() + timedelta(days=10)
"""The day by which deferred material is promised."""

CASE = "0197f000-0000-7000-8000-000000000001"

FOOD = Item(
    id="food",
    version=3,
    name="食品经营许可",
    department="market",
    department_name="市市场监督管理局",
    audience=Audience.PERSON,
    statutory=Limit(20),
    promised=Limit(8),
    materials=(
        Material(key="m1", name="申请书", originals=1),
        Material(key="m2", name="身份证", shared="id-card", copies=1, replaced_by=("resident-id",)),
        Material(key="m3", name="布局图", copies=1, deferrable_days=10),
    ),
    result=Result(kind=ResultKind.LICENCE, licence_type="food-licence", valid_months=60),
)

CLERK = User(id="u-clerk", login="c", name="窗口甲", roles=(Role.COUNTER,))
HANDLER = User(id="u-h", login="h", name="承办乙", roles=(Role.HANDLER,), department="market")
REVIEWER = User(id="u-r", login="r", name="审核丙", roles=(Role.REVIEWER,), department="market")
APPROVER = User(id="u-a", login="a", name="批准丁", roles=(Role.APPROVER,), department="market")
HEAD = User(id="u-head", login="hd", name="局长己", roles=(Role.HEAD,), department="market")
ALL_ROUND = User(
    id="u-all",
    login="all",
    name="全能戊",
    roles=(Role.HANDLER, Role.REVIEWER, Role.APPROVER),
    department="market",
)


def applicant() -> Party:
    """A person with a number that passes the checksum."""
    person = a_person()
    return Party(
        kind=PartyKind.PERSON, id_kind=IdKind.RESIDENT, id_number=person.id_number, name=person.name
    )


def all_provided() -> tuple[Ticked, ...]:
    """Every material of the food item, seen and kept."""
    return tuple(
        Ticked(
            key=one.key,
            name=one.name,
            state=MaterialState.PROVIDED,
            originals=one.originals,
            copies=one.copies,
        )
        for one in FOOD.materials
    )


def with_states(**states: MaterialState) -> tuple[Ticked, ...]:
    """The materials of the food item, some of them in another state; the deferred in ten days."""
    ticked = {one.key: one for one in all_provided()}
    for key, state in states.items():
        due = DUE if state is MaterialState.DEFERRED else None
        ticked[key] = Ticked(key=key, name=ticked[key].name, state=state, due=due)
    return tuple(ticked.values())


def receive_command(materials: tuple[Ticked, ...] | None = None) -> ReceiveCase:
    """A receipt for the food item."""
    return ReceiveCase(
        number=format_case_number(MONDAY.date(), 1, 42),
        application="visit-1",
        item=FOOD.id,
        item_version=FOOD.version,
        applicant=applicant(),
        window="w1",
        materials=all_provided() if materials is None else materials,
    )


class CaseStory:
    """Plays commands on one case through the rules, moving the time along."""

    def __init__(self, item: Item = FOOD) -> None:
        """Begin before anything happened."""
        self.now = MONDAY
        self.item = item
        self.window = "w1"
        self.calendar = REAL_CALENDAR
        self.record: CaseRecord | None = None
        self.renewed_by = ""

    @property
    def case(self) -> Case:
        """The case as it stands."""
        assert self.record is not None, "nothing was received yet"
        return fold(self.record)

    def later(self, *, days: int = 0, hours: int = 0) -> Self:
        """Let time pass."""
        self.now += timedelta(days=days, hours=hours)
        return self

    def ask(self, command: AnyCommand, user: User) -> tuple[AnyEvent, ...] | Refusal:
        """What the rules say, without doing it."""
        context = Context(
            now=self.now,
            calendar=self.calendar,
            user=user,
            window=self.window,
            item=self.item,
            renewed_by=self.renewed_by,
        )
        return decide(fold(self.record) if self.record else None, command, context)

    def do(self, command: AnyCommand, user: User) -> Self:
        """Do it; a refusal fails the test."""
        decision = self.ask(command, user)
        assert not isinstance(decision, Refusal), decision
        self.record = extend(CASE, self.record, decision)
        return self

    def take(self, *events: AnyEvent) -> CaseStory:
        """What nobody did but time."""
        self.record = extend(CASE, self.record, events)
        return self

    def refused(self, command: AnyCommand, user: User) -> str:
        """The code of the refusal; that nothing is refused fails the test."""
        decision = self.ask(command, user)
        assert isinstance(decision, Refusal), decision
        return decision.code

    def received(self, materials: tuple[Ticked, ...] | None = None) -> Self:
        """Take the application in."""
        return self.do(receive_command(materials), CLERK)

    def accepted(self) -> Self:
        """Take in and accept a complete application."""
        return self.received().do(AcceptCase(), CLERK)
