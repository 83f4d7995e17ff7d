"""The town that is simulated: its items, windows, departments, people and calendar."""

from __future__ import annotations

from datetime import datetime, timedelta

from clerk.clock import OFFICE_ZONE
from clerk.contract.case import (
    Accepted,
    AnyEvent,
    Decided,
    Declined,
    DeemedAccepted,
    DocumentKind,
    MaterialState,
    Outcome,
    Released,
    SupplementAsked,
    Ticked,
)
from clerk.contract.custody import PapersLost
from clerk.contract.identity import IdKind
from clerk.contract.item import Act, Item, Joint, Material, Result, ResultKind, Signer, Step
from clerk.contract.limits import Limit
from clerk.contract.party import Party, PartyKind
from clerk.contract.proposal import Extended, Stopped
from clerk.contract.user import CLOCK_ACTOR, Role, User
from tests.support.people import people

BEGINNING = datetime(2026, 6, 1, 9, tzinfo=OFFICE_ZONE)
"""A Monday; a holiday falls on the 19th."""

SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000
WINDOWS = {"w1": 1, "w2": 2}
DEPARTMENTS = ("market", "fire")
MANAGER = "m1"
"""Over the windows."""
_MATERIALS = (
    Material(key="form", name="申请书", originals=1),
    Material(key="plan", name="布局图", copies=1, deferrable_days=10),
)
_AT_ONCE = (Step(key="decide", name="即办", act=Act.APPROVE, may_decide=True, at_window=True),)
_REVIEWED = (
    Step(
        key="joint",
        name="联审",
        act=Act.HANDLE,
        joint=Joint(signers=(Signer("fire", "消防"),), limit=Limit(5)),
    ),
    Step(key="approve", name="批准", act=Act.APPROVE, may_decide=True),
)
_JOINT_FLOW = (
    Step(key="handle", name="承办", act=Act.HANDLE),
    Step(key="consult", name="会签", act=Act.REVIEW, department="fire"),
    Step(key="approve", name="批准", act=Act.APPROVE, may_decide=True),
)
ITEMS = (
    Item(
        id="food",
        version=1,
        name="食品经营许可",
        department="market",
        department_name="市场监管局",
        statutory=Limit(20),
        promised=Limit(8),
        materials=_MATERIALS,
        result=Result(kind=ResultKind.DOCUMENT, produced=True),
    ),
    Item(
        id="hall",
        version=1,
        name="公众聚集场所",
        department="market",
        department_name="市场监管局",
        statutory=Limit(10),
        materials=_MATERIALS,
        flow=_JOINT_FLOW,
    ),
    Item(
        id="check",
        version=1,
        name="消防检查",
        department="fire",
        department_name="消防救援局",
        statutory=Limit(5),
        materials=_MATERIALS[:1],
    ),
    Item(
        id="copy",
        version=1,
        name="档案查询",
        department="market",
        department_name="市场监管局",
        statutory=Limit(20),
        promised=Limit(0),
        materials=_MATERIALS[:1],
        flow=_AT_ONCE,
    ),
    Item(
        id="yard",
        version=1,
        name="露天堆场",
        department="market",
        department_name="市场监管局",
        statutory=Limit(15),
        materials=_MATERIALS,
        flow=_REVIEWED,
    ),
)


def _staff() -> dict[str, User]:
    found = {
        name: User(id=name, login=name, name=name, roles=(Role.COUNTER,)) for name in ("c1", "c2")
    }
    found[MANAGER] = User(id=MANAGER, login=MANAGER, name=MANAGER, roles=(Role.MANAGER,))
    for place in DEPARTMENTS:
        for role in (Role.HANDLER, Role.REVIEWER, Role.APPROVER, Role.HEAD):
            name = f"{place}-{role.value}"
            found[name] = User(id=name, login=name, name=name, roles=(role,), department=place)
    return found


USERS = _staff()
CLERKS = ("c1", "c2")
STAFF = {
    place: tuple(user.id for user in USERS.values() if user.department == place)
    for place in DEPARTMENTS
}
CLOCK_USER = User(id=CLOCK_ACTOR.user, login="clock", name=CLOCK_ACTOR.name, roles=())
APPLICANTS = tuple(
    Party(kind=PartyKind.PERSON, id_kind=IdKind.RESIDENT, id_number=one.id_number, name=one.name)
    for one in people(1, 12)
)
PROVIDED = {
    item.id: tuple(
        Ticked(
            key=one.key,
            name=one.name,
            state=MaterialState.PROVIDED,
            originals=one.originals,
            copies=one.copies,
        )
        for one in item.materials
    )
    for item in ITEMS
}
LACKING = {
    item: (Ticked(key=ticks[0].key, name=ticks[0].name, state=MaterialState.MISSING), *ticks[1:])
    for item, ticks in PROVIDED.items()
}
_PAPERS: dict[type, DocumentKind] = {
    Accepted: DocumentKind.ACCEPTANCE,
    SupplementAsked: DocumentKind.SUPPLEMENT,
    Declined: DocumentKind.DECLINE,
    Released: DocumentKind.DELIVERY,
    DeemedAccepted: DocumentKind.ACCEPTANCE,
    Stopped: DocumentKind.STOP,
    Extended: DocumentKind.EXTENSION,
    PapersLost: DocumentKind.LOSS,
}


def moment_of(now_ms: int) -> datetime:
    """The moment so many simulated milliseconds after the beginning."""
    return BEGINNING + timedelta(milliseconds=now_ms)


def paper_of(event: AnyEvent) -> DocumentKind | None:
    """The kind of numbered paper that goes out with an event."""
    if isinstance(event, Decided):
        refused = event.outcome is Outcome.REFUSED
        return DocumentKind.REFUSAL if refused else DocumentKind.DECISION
    return _PAPERS.get(type(event))
