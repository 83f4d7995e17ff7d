"""Some weeks of the demo city, lived through with a clock of their own: what a board then shows."""

from __future__ import annotations

import random
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from central.db.engine import Connection
from central.jobs.escalation import sweep_escalations
from central.running import running
from central.seed.calendar import lay_calendar
from central.seed.city import DemoCity, Size, demo_city
from central.service import Central
from central.watching.following import sweep_watched
from clerk.clock import OFFICE_ZONE, SettableClock
from clerk.contract.draft import Draft
from clerk.contract.identity import IdKind
from services.bootstrap import Desk, enrol_desk, open_desk
from services.demo import hands
from services.profile import profile_in
from services.supervision import BoardQuery

LAST_DAY = datetime(2026, 6, 16, 10, 0, tzinfo=OFFICE_ZONE)
"""A Tuesday morning, with promises of one to twenty working days behind it."""

_PASSWORD = "clerk-demo-city"
_DEPARTMENT = "shichang-jianguan"

_VISITS = (
    (18, "教师资格认定", False),
    (15, "食品经营许可", True),
    (14, "公共场所卫生许可", True),
    (13, "护士执业注册", False),
    (12, "城镇污水排入排水管网许可", True),
    (11, "食品经营许可", True),
    (8, "道路货物运输经营许可", True),
    (7, "特种设备使用登记", True),
    (6, "出版物零售单位设立、变更审批", True),
    (5, "烟草专卖零售许可", True),
    (5, "护士执业注册", False),
    (4, "临时占用城市道路审批", True),
    (1, "国有建设用地使用权及房屋所有权转移登记", True),
    (1, "职工正常退休（职）申请", False),
    (0, "教师资格认定", False),
    (0, "残疾人证核发", False),
)
"""How many days ago somebody came, for what, and whether a firm."""


class Month:
    """A city with cases of several weeks, a desk at its window, and the auditors'."""

    def __init__(self, folder: Path) -> None:
        """Found the city at the day of its first case."""
        self._opened = ExitStack()
        self.clock = SettableClock(LAST_DAY - timedelta(days=30))
        self.central = Central.open(f"sqlite:///{folder / 'central.db'}", self.clock)
        self._opened.callback(self.central.close)
        self.central.init()
        self.told: DemoCity = self.central.database.commit(self._found)
        self._address = self._opened.enter_context(running(self.central))
        self._folder = folder
        self.desk = self._open("window", self.told.window_code)
        self.audit = self._open("audit", self.told.audit_code)
        self._there = self._open(_DEPARTMENT, self.told.department_codes[_DEPARTMENT])

    def __enter__(self) -> Self:
        """Live through the weeks."""
        firms, people = iter(self.told.organisations[2:]), iter(self.told.people[2:])
        for days, item, firm in _VISITS:
            self.put(LAST_DAY - timedelta(days=days, minutes=30))
            if firm:
                number = next(firms).uscc
                draft = hands.begin_visit(self.desk, IdKind.USCC, number)
            else:
                person = next(people)
                draft = hands.begin_visit(self.desk, person.id_kind, person.id_number, person.name)
            self._receive(hands.choose(self.desk, draft, (item,)), accept=days > 0)
        self._ask()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close everything."""
        self._opened.close()

    def put(self, at: datetime) -> None:
        """Let time pass; sessions last half a day."""
        self.clock.put(at)
        self.desk.session.sign_in(self.told.counter[0], _PASSWORD)
        self.desk.sync.run_once()

    def _receive(self, draft: Draft, *, accept: bool) -> None:
        answered = hands.answer(self.desk, draft, {"matter": "new"})
        received = hands.receive(self.desk, hands.tick_all(self.desk, answered))
        self.desk.sync.run_once()
        for one in received.cases if accept else ():
            self.desk.counter.accept(one.case_id)

    def _found(self, connection: Connection) -> DemoCity:
        now = self.clock.now()
        lay_calendar(connection, now)
        size = Size(people=60, organisations=40)
        return demo_city(connection, now, random.Random(7), size, _PASSWORD)

    def _ask(self) -> None:
        """Days ago the manager urged two cases and supervised a third; nobody answered yet."""
        self.put(LAST_DAY - timedelta(days=4))
        self.desk.session.sign_in(self.told.manager, _PASSWORD)
        sweep_watched(self.central)
        pressing = self.desk.supervision.cases(BoardQuery()).cases[:3]
        for one in pressing[:2]:
            self.desk.supervision.urge(one.id, "临近时限，请说明办理进度。", 1)
        last = pressing[2]
        self.desk.supervision.supervise(last.id, "超过承诺时限。", "说明原因和办结时间。", 3)
        self.put(LAST_DAY)
        self._claim()
        sweep_watched(self.central)
        sweep_escalations(self.central)
        self.desk.sync.run_once()

    def _claim(self) -> None:
        """A handler has taken on two of the cases that press."""
        there = self._there
        there.session.sign_in(self.told.staff[_DEPARTMENT].handler, _PASSWORD)
        there.sync.run_once()
        to_do = there.cases.query_of(there.cases.queues()[0])
        for row in there.cases.page(to_do)[:2]:
            there.casework.claim(row.id)

    def _open(self, seat: str, code: str) -> Desk:
        profile = profile_in(self._folder / "desks" / seat, seat)
        enrol_desk(
            profile, address=self._address, code=code, clock=self.clock, passphrase=_PASSWORD
        )
        desk = open_desk(profile, self.clock, passphrase=_PASSWORD)
        self._opened.callback(desk.close)
        desk.sync.run_once()
        return desk
