"""A small hall on a running central, and desks enrolled with it: for services and stories.

Everything is real: a database in a file, HTTP over a socket, encrypted stores. What is invented
are the people, and a keyring in memory.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import keyring
import pytest
from msgspec.structs import replace
from sqlalchemy import text

from central.catalogue.publishing import publish
from central.db import catalogue, feed, licences, meta, offices, people, users
from central.db.engine import Connection
from central.restoring import mark_restored
from central.running import running
from central.service import Central
from central.sync.enrol import give_code
from clerk.clock import SettableClock
from clerk.contract.case import MaterialState
from clerk.contract.draft import ChosenItem, Draft, Tick
from clerk.contract.identity import IdKind
from clerk.contract.ids import new_id
from clerk.contract.item import Audience, Department, Item, Material, Result, ResultKind, Window
from clerk.contract.licence import Licence, LicenceType
from clerk.contract.limits import Limit
from clerk.contract.user import Role, User
from services.bootstrap import Desk, enrol_desk, open_desk
from services.profile import get_profile
from tests.support.cases import FOOD, MONDAY
from tests.support.databases import mould_on, new_postgres
from tests.support.once import made_once
from tests.support.passwords import quick_hash, quick_verifier
from tests.support.people import a_person
from tests.support.seats import MemoryKeyring, Seats, enrol_seats, read_seats
from tests.support.work_calendar import REAL_DATA

PASSWORD = "paper-and-seal"

SIGN = Item(
    id="sign",
    version=1,
    name="户外广告设施设置审批",
    department="construction",
    department_name="市城市管理局",
    audience=Audience.PERSON,
    statutory=Limit(20),
    promised=Limit(5),
    materials=(
        Material(key="s1", name="设置申请表", originals=1),
        Material(key="s2", name="身份证", shared="id-card", copies=1, replaced_by=("resident-id",)),
    ),
    result=Result(kind=ResultKind.DOCUMENT, name="设置批准书", produced=True),
)
"""An item of another department that shares one material with the food item."""

WINDOWS = (
    Window(id="w1", number=3, name="综合三号窗", centre="市政务服务中心"),
    Window(id="w2", number=4, name="综合四号窗", centre="市政务服务中心"),
)
_DEPARTMENTS = (
    Department(id="market", name="市市场监督管理局", short_name="市监"),
    Department(id="construction", name="市城市管理局", short_name="城管"),
)
_STEPS = {
    "handler": Role.HANDLER,
    "reviewer": Role.REVIEWER,
    "approver": Role.APPROVER,
    "head": Role.HEAD,
}


class Hall:
    """A running central that can be stopped and started again at the same address."""

    def __init__(self, url: str, clock: SettableClock) -> None:
        """Take a database that is set up, by its address."""
        self.clock = clock
        self.url = url
        self._port = 0
        self._running = ExitStack()
        self.address = ""
        self.seats = Seats()
        self.start()

    def start(self) -> None:
        """Serve, at the address of before."""
        central = Central.open(self.url, self.clock)
        self._running.callback(central.close)
        self.address = self._running.enter_context(running(central, self._port))
        self._port = int(self.address.rpartition(":")[2])
        self.central = central

    def stop(self) -> None:
        """Serve no more; nobody is at the address."""
        self._running.close()

    def mark_restored(self) -> None:
        """Begin another generation at this hall's time: the command line has the machine's."""
        now = self.clock.now()
        self.central.database.commit(lambda connection: mark_restored(connection, now))

    def put_meta(self, key: str, value: str) -> None:
        """Set one of central's facts."""
        self.central.database.commit(lambda connection: meta.put(connection, key, value))

    def give_code(self, window: str = "", department: str = "") -> str:
        """A one-time code for a new desk; of neither, for one of the auditors."""
        neither = not window and not department
        giving = partial(give_code, window=window, department=department, audit_desk=neither)
        return self.central.database.commit(partial(giving, now=self.clock.now()))

    def count(self, table: str) -> int:
        """How many rows a table of central's has."""
        with self.central.database.read() as connection:
            return int(connection.execute(text(f"select count(*) from {table}")).scalar_one())  # noqa: S608

    def list_audit(self, action: str) -> list[str]:
        """What an action was done to, in order."""
        with self.central.database.read() as connection:
            asked = text("select subject from audit where action = :action order by seq")
            return list(connection.execute(asked, {"action": action}).scalars())


OpenDesk = Callable[..., Desk]


@pytest.fixture(autouse=True)
def memory_keyring() -> Iterator[MemoryKeyring]:
    """A keyring that keeps what it is given."""
    before, backend = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


@pytest.fixture
def clock() -> SettableClock:
    """The clock of central and of every desk: a Monday morning."""
    return SettableClock(MONDAY)


@pytest.fixture(scope="session")
def hall_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that is set up, to be copied."""
    with made_once(tmp_path_factory, "hall") as (folder, first):
        path = folder / "central.db"
        if first:
            _set_up(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def hall_postgres(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database that is set up on PostgreSQL, to be copied."""
    return mould_on(postgres, "hall", _set_up, tmp_path_factory)


@pytest.fixture(scope="session")
def hall_seats(hall_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Seats:
    """Desks enrolled with a copy of that database, which lies beside them."""
    with made_once(tmp_path_factory, "seats") as (folder, first):
        if first:
            shutil.copy(hall_database, folder / "central.db")
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("CLERK_RUNTIME_DIR", str(folder))
                _enrol_seats(folder / "central.db")
        return read_seats(folder)


def _enrol_seats(database: Path) -> None:
    clock = SettableClock(MONDAY)
    hall = Hall(f"sqlite:///{database}", clock)
    enrol_seats(database.parent, hall.address, clock, hall.give_code)
    hall.stop()


def _set_up(url: str) -> None:
    central = Central.open(url, SettableClock(MONDAY))
    central.init()
    central.database.commit(_furnish)
    central.close()


@pytest.fixture
def hall(
    request: pytest.FixtureRequest, hall_seats: Seats, tmp_path: Path, clock: SettableClock
) -> Iterator[Hall]:
    """A running central of this test's own: on SQLite, or on what `on_both_servers` says."""
    if getattr(request, "param", "sqlite") == "postgresql":
        mould = request.getfixturevalue("hall_postgres")
        url = new_postgres(request.getfixturevalue("postgres"), mould)
    else:
        url = f"sqlite:///{tmp_path / 'central.db'}"
        shutil.copy(hall_seats.folder.with_name("central.db"), tmp_path / "central.db")
    hall = Hall(url, clock)
    if url.startswith("sqlite"):
        hall.seats = hall_seats
    yield hall
    hall.stop()


on_both_servers = pytest.mark.parametrize("hall", ["sqlite", "postgresql"], indirect=True)
"""Marks what is told once for each kind of server."""


@pytest.fixture
def open_at(hall: Hall, clock: SettableClock) -> Iterator[OpenDesk]:
    """Opens enrolled desks, by the name of their profile, and closes them in the end."""
    with ExitStack() as opened:

        def open_one(
            name: str, *, window: str = "", department: str = "", login: str = "", address: str = ""
        ) -> Desk:
            profile = get_profile(name)
            at = address or hall.address
            if not profile.store.exists() and not hall.seats.take(profile, window, department, at):
                code = hall.give_code(window, department)
                enrol_desk(profile, address=at, code=code, clock=clock)
            desk = open_desk(profile, clock, verifier_of=quick_verifier)
            opened.callback(desk.close)
            desk.sync.run_once()
            if login:
                desk.session.sign_in(login, PASSWORD)
            return desk

        yield open_one


@pytest.fixture
def desk(open_at: OpenDesk) -> Desk:
    """The desk of window 3 with its clerk signed in."""
    return open_at("w1", window="w1", login="counter")


def type_walk_in(desk: Desk, *items: Item, seed: int = 1, **states: MaterialState) -> Draft:
    """A draft for these items as a clerk would type it, everything handed in unless told."""
    person = a_person(seed)
    draft = desk.drafts.new()
    newest = [desk.catalogue.find(item.name)[0] for item in items]
    typed = {
        "id_text": person.id_number,
        "name": person.name,
        "phone": person.phone,
        "items": tuple(ChosenItem(one.id, one.version) for one in newest),
    }
    draft = desk.drafts.save(_with(draft, **typed))
    visit = desk.intake.view(draft)
    ticks = {
        line.key: Tick(
            state=states.get(line.serves[0].key, MaterialState.PROVIDED),
            originals=line.originals,
            copies=line.copies,
        )
        for line in visit.lines
    }
    return desk.drafts.save(_with(draft, ticks=ticks))


def _with(draft: Draft, **values: object) -> Draft:
    return replace(draft, **values)


def _furnish(connection: Connection) -> None:
    """Departments, windows, two items, the calendar, and who works there."""
    changes = [offices.put_department(connection, one) for one in _DEPARTMENTS]
    changes += [offices.put_window(connection, one) for one in WINDOWS]
    for kind in ("resident-id", "food-licence"):
        changes.append(catalogue.put_licence_type(connection, LicenceType(id=kind, name=kind)))
    changes += publish(connection, (FOOD, SIGN), MONDAY).changes
    changes.append(catalogue.add_calendar(connection, REAL_DATA, MONDAY))
    _hire(connection)
    _register(connection)
    feed.announce(connection, changes)


def _hire(connection: Connection) -> None:
    wanted = [
        User(id="", login="government-head", name="市长", roles=(Role.HEAD,)),
        User(id="", login="counter", name="窗口甲", roles=(Role.COUNTER,)),
        User(id="", login="other", name="窗口乙", roles=(Role.COUNTER,)),
        User(id="", login="manager", name="主任", roles=(Role.MANAGER,)),
        User(id="", login="system", name="系统员", roles=(Role.SYSTEM_ADMINISTRATOR,)),
        User(id="", login="auditor", name="审计员", roles=(Role.AUDITOR,)),
    ]
    wanted += [
        User(
            id="",
            login=f"{place.id}-{step}",
            name=f"{place.short_name}{step}",
            roles=(role,),
            department=place.id,
        )
        for place in _DEPARTMENTS
        for step, role in _STEPS.items()
    ]
    both = (Role.COUNTER, Role.HANDLER)
    wanted.append(User(id="", login="both", name="两处", roles=both, department="market"))
    for user in wanted:
        hired = replace(user, id=new_id(int(MONDAY.timestamp() * 1000), os.urandom))
        users.add(connection, hired, quick_hash(PASSWORD), MONDAY)


def _register(connection: Connection) -> None:
    """One person who holds an identity card in the licence library, and one who holds none."""
    for seed in (1, 2):
        person = a_person(seed)
        row = people.Person(
            id_number=person.id_number,
            id_kind=IdKind.RESIDENT,
            name=person.name,
            source="人口库",
            as_of=MONDAY,
            address=person.address,
        )
        people.put_people(connection, [row])
    holder = a_person(2)
    card = Licence(
        id="licence-1",
        type="resident-id",
        type_name="居民身份证",
        number="licence-1",
        holder_name=holder.name,
        issuer="市公安局",
        issued_on=MONDAY.date().replace(year=2020),
    )
    licences.add(connection, card, IdKind.RESIDENT, holder.id_number)


def open_paper(path: Path) -> str:
    """The text of a PDF, as an independent reader finds it."""
    from pypdf import PdfReader

    assert path.stat().st_mode & 0o077 == 0 or os.name == "nt", "papers are their owner's alone"
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)
