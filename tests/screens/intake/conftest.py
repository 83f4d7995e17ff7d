"""A desk at window 3 whose catalogue holds what the intake has to cope with."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date

import pytest

from central.catalogue.publishing import publish
from central.db import catalogue, feed, licences
from central.db.engine import Connection
from clerk.contract.identity import IdKind
from clerk.contract.item import (
    Audience,
    Condition,
    Field,
    FieldKind,
    Item,
    Material,
    Necessity,
    Option,
    Situation,
)
from clerk.contract.licence import Licence, LicenceType
from clerk.contract.limits import Limit
from screens.intake.screen import IntakeScreen
from services.bootstrap import Desk
from tests.support.cases import MONDAY
from tests.support.desk import (  # noqa: F401 - fixtures
    Hall,
    OpenDesk,
    clock,
    hall,
    hall_database,
    hall_seats,
    memory_keyring,
    open_at,
)
from tests.support.people import a_person
from tests.support.screens import SMALL, OneScreenApp, Walk, settle

_NEW = (Condition("kind", ("new",)),)
_ID_CARD = Material(
    key="id", name="身份证", shared="id-card", copies=1, replaced_by=("resident-id",)
)

HALL_ITEM = Item(
    id="dance-hall",
    version=1,
    name="歌舞娱乐场所设立审批",
    department="market",
    department_name="市市场监督管理局",
    code="11620100MB1D00001",
    audience=Audience.PERSON,
    statutory=Limit(20),
    promised=Limit(7),
    situations=(
        Situation(
            key="kind",
            question="办理哪种业务？",
            options=(Option("new", "新办"), Option("renew", "延续")),
        ),
        Situation(
            key="music",
            question="是否使用曲库？",
            options=(Option("yes", "使用"), Option("no", "不使用")),
            when=_NEW,
        ),
    ),
    materials=(
        Material(key="form", name="设立申请书", originals=1),
        _ID_CARD,
        Material(
            key="health",
            name="从业人员健康证明",
            originals=1,
            copies=2,
            replaced_by=("health-certificate",),
        ),
        Material(key="lease", name="场所租赁合同", copies=1, deferrable_days=10),
        Material(key="safe", name="安全承诺书", originals=1, declarable=True, when=_NEW),
        Material(key="extra", name="获奖证书", copies=1, necessity=Necessity.OPTIONAL),
    ),
    fields=(
        Field(key="address", label="场所地址", shared="place", prefill="person.address"),
        Field(key="area", label="使用面积（平方米）", kind=FieldKind.NUMBER),
        Field(key="open", label="拟开业日期", kind=FieldKind.DATE, required=False),
        Field(
            key="trade",
            label="经营项目",
            kind=FieldKind.CHOICE,
            options=(Option("song", "歌舞厅"), Option("game", "游艺厅")),
        ),
    ),
)
"""An item with situations, a shared material, one that may be deferred, one to declare, a form."""

STALL_ITEM = Item(
    id="stall",
    version=1,
    name="临时占道经营许可",
    department="construction",
    department_name="市城市管理局",
    audience=Audience.PERSON,
    statutory=Limit(10),
    materials=(Material(key="form", name="占道申请表", originals=1), _ID_CARD),
    fields=(Field(key="where", label="占道地址", shared="place", prefill="person.address"),),
)
"""Another department's item that shares a material and a field with the first."""


@pytest.fixture
def desk(hall: Hall, open_at: OpenDesk) -> Desk:  # noqa: F811 - fixtures
    """The desk of window 3 with its clerk signed in."""
    hall.central.database.commit(_furnish)
    return open_at("w1", window="w1", login="counter")


OpenIntake = Callable[..., AbstractAsyncContextManager[Walk]]


@pytest.fixture
def intake(desk: Desk) -> OpenIntake:
    """Opens the intake on a terminal of some size; in it a clerk presses keys."""

    @asynccontextmanager
    async def open_one(
        draft_id: str | None = None, size: tuple[int, int] = SMALL
    ) -> AsyncIterator[Walk]:
        app = OneScreenApp(desk, lambda: IntakeScreen(draft_id, keep_after_s=0.01))
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            yield Walk(pilot, app)
            await settle(pilot)

    return open_one


def _furnish(connection: Connection) -> None:
    """The items, and an expired health certificate of the second person."""
    changes = list(publish(connection, (HALL_ITEM, STALL_ITEM), MONDAY).changes)
    for kind, name in (("health-certificate", "健康证明"), ("resident-id", "居民身份证")):
        changes.append(catalogue.put_licence_type(connection, LicenceType(id=kind, name=name)))
    feed.announce(connection, changes)
    holder = a_person(2)
    expired = Licence(
        id="licence-2",
        type="health-certificate",
        type_name="健康证明",
        number="licence-2",
        holder_name=holder.name,
        issuer="市疾控中心",
        issued_on=date(2024, 5, 1),
        valid_until=date(2025, 4, 30),
    )
    licences.add(connection, expired, IdKind.RESIDENT, holder.id_number)
