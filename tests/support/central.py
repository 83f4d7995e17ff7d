"""A real central for tests: its fixtures, a small generated city, and a desk that talks HTTP."""

from __future__ import annotations

import base64
import os
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import TypeVar

import httpx
import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from central.db import catalogue, feed, licences, offices, people, users
from central.db.engine import Connection, Database, open_database
from central.running import running
from central.service import Central
from central.sync.enrol import give_code
from clerk.clock import Clock, SettableClock
from clerk.contract.answer import Answer
from clerk.contract.case import CaseRecord
from clerk.contract.command import AnyCommand, Envelope, ReceiveCase
from clerk.contract.identity import IdKind
from clerk.contract.ids import new_id
from clerk.contract.item import Act, Audience, Department, Item, Material, Step, Window
from clerk.contract.licence import Licence, LicenceType
from clerk.contract.limits import Limit
from clerk.contract.numbers import NumberLease
from clerk.contract.session import SignedIn, SignIn
from clerk.contract.sync import (
    PROTOCOL,
    BootstrapPage,
    Directive,
    Enrol,
    Enrolled,
    Hello,
    Page,
    Problem,
    Push,
    Pushed,
    Put,
    Welcome,
)
from clerk.contract.user import Role, User
from clerk.decoding import decode
from clerk.rules.numbers import format_case_number
from tests.support.cases import ALL_ROUND, APPROVER, CLERK, FOOD, HANDLER, HEAD, MONDAY, REVIEWER
from tests.support.databases import found, mould_on
from tests.support.once import made_once
from tests.support.passwords import quick_hash
from tests.support.people import a_person, an_organisation
from tests.support.work_calendar import REAL_DATA

PASSWORD = "a password of tests"
MANAGER = User(id="u-m", login="m", name="主任己", roles=(Role.MANAGER,))
OTHER_CLERK = User(id="u-clerk2", login="c2", name="窗口庚", roles=(Role.COUNTER,))
STRANGER = User(
    id="u-stranger", login="s", name="文旅辛", roles=(Role.HANDLER,), department="culture"
)
AUDITOR = User(id="u-audit", login="audit", name="审计壬", roles=(Role.AUDITOR,))
STAFF = (
    AUDITOR,
    CLERK,
    OTHER_CLERK,
    HANDLER,
    REVIEWER,
    APPROVER,
    HEAD,
    ALL_ROUND,
    MANAGER,
    STRANGER,
)
DEPARTMENTS = (
    Department(id="market", name="市市场监督管理局", short_name="市监"),
    Department(id="fire", name="市消防救援支队", short_name="消防"),
    Department(id="culture", name="市文化和旅游局", short_name="文旅"),
)
WINDOWS = (
    Window(id="w1", number=1, name="综合窗口一", centre="政务服务中心"),
    Window(id="w2", number=2, name="综合窗口二", centre="政务服务中心"),
)
SIGN = Item(
    id="sign",
    version=1,
    name="户外广告设置审批",
    department="fire",
    department_name="市消防救援支队",
    audience=Audience.BOTH,
    statutory=Limit(10),
    materials=(Material(key="s1", name="申请书", originals=1),),
    flow=(
        Step(key="handle", name="承办", act=Act.HANDLE),
        Step(key="decide", name="批准", act=Act.APPROVE, department="market", may_decide=True),
    ),
)
"""An item of one department whose last step is another's."""

T = TypeVar("T")
NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""There is no TLS on loopback; reading the authorities takes 19 ms a desk."""


def furnish(connection: Connection) -> None:
    """Two windows, three departments, two items, staff, and one person in the register."""
    changes = [offices.put_department(connection, one) for one in DEPARTMENTS]
    changes += [offices.put_window(connection, one) for one in WINDOWS]
    changes += [catalogue.add_item(connection, one, one.id, MONDAY) for one in (FOOD, SIGN)]
    for kind in (("resident-id", "居民身份证"), ("food-licence", "食品经营许可证")):
        changes.append(
            catalogue.put_licence_type(connection, LicenceType(id=kind[0], name=kind[1]))
        )
    changes.append(catalogue.add_calendar(connection, REAL_DATA, MONDAY))
    for user in STAFF:
        users.add(connection, user, quick_hash(PASSWORD), MONDAY)
    _register(connection)
    feed.announce(connection, changes)


def _register(connection: Connection) -> None:
    person, body = a_person(), an_organisation()
    registered = people.Person(
        id_number=person.id_number,
        id_kind=person.id_kind,
        name=person.name,
        sex=person.sex.value,
        birth_date=person.born,
        address=person.address,
        phone=person.phone,
        source="人口库",
        as_of=MONDAY,
    )
    people.put_people(connection, [registered])
    company = people.Organisation(
        uscc=body.uscc,
        name=body.name,
        representative_name=body.representative.name,
        representative_id=body.representative.id_number,
        address=body.address,
        phone=body.phone,
        established_on=body.founded,
        source="法人库",
        as_of=MONDAY,
    )
    people.put_organisations(connection, [company])


def hold_licence(connection: Connection, number: str = "R-1", type_id: str = "resident-id") -> None:
    """Put a licence of the registered person into the library."""
    person = a_person()
    licence = Licence(
        id=f"licence-{number}",
        type=type_id,
        type_name="",
        number=number,
        holder_name=person.name,
        issuer="公安局",
        issued_on=MONDAY.date(),
    )
    licences.add(connection, licence, IdKind.RESIDENT, person.id_number)


class TalkingDesk:
    """A desk that speaks the protocol over HTTP and remembers what a real one would."""

    def __init__(self, url: str, clock: Clock) -> None:
        """Make a key; nothing is said yet."""
        self.http = httpx.Client(base_url=url, trust_env=False, timeout=30, verify=NOBODY)
        self.clock = clock
        self.key = Ed25519PrivateKey.generate()
        self.enrolled = Enrolled(device="", incarnation=0)
        self.welcome: Welcome | None = None
        self.lease: NumberLease | None = None
        self.hellos = self.n = self.cursor = self.used = 0
        self.generation = self.session = ""
        self.sessions: dict[str, str] = {}

    def call(self, path: str, message: object, **headers: str) -> httpx.Response:
        """POST a message as this desk."""
        body = msgspec.json.encode(message)
        return self.http.post(path, content=body, headers={**self.headers(), **headers})

    def get(self, path: str, **query: str) -> httpx.Response:
        """GET something as this desk."""
        return self.http.get(path, params=query, headers=self.headers())

    def enrol(self, code: str) -> Enrolled:
        """Become known."""
        public = base64.b64encode(self.key.public_key().public_bytes_raw()).decode()
        self.enrolled = read(self.call("/enrol", Enrol(code=code, public_key=public)), Enrolled)
        return self.enrolled

    def hello(self, **changes: object) -> Welcome:
        """Greet central; take its token and its numbers."""
        self.hellos += 1
        body = msgspec.json.encode(msgspec.structs.replace(self._hello(), **changes))
        signature = base64.b64encode(self.key.sign(body)).decode()
        answer = self.http.post("/sync/hello", content=body, headers={"Clerk-Signature": signature})
        self.welcome = read(answer, Welcome)
        self.generation = self.welcome.generation
        self.lease = self.welcome.lease or self.lease
        return self.welcome

    def sign_in(self, login: str, password: str = PASSWORD) -> SignedIn:
        """Open a session for somebody."""
        answer = self.call("/session", SignIn(login=login, password=password))
        signed_in = read(answer, SignedIn)
        self.session = signed_in.token
        return signed_in

    def next_number(self) -> str:
        """The next case number of the lease."""
        assert self.lease is not None, "central lends numbers at hello"
        self.used += 1
        day = self.clock.now().date()
        return format_case_number(day, self.lease.window, self.lease.first + self.used - 1)

    def envelope(
        self, command: AnyCommand, user: User = CLERK, case_id: str = "", base: int = 0
    ) -> Envelope:
        """A command under the next n."""
        self.n += 1
        now = self.clock.now()
        return Envelope(
            n=self.n,
            id=self.new_id(),
            case_id=case_id or self.new_id(),
            base_version=base,
            user=user.id,
            at=now,
            body=msgspec.Raw(msgspec.json.encode(command)),
            window=self.enrolled.window,
        )

    def push(self, *envelopes: Envelope) -> httpx.Response:
        """Send commands."""
        device, incarnation = self.enrolled.device, self.enrolled.incarnation
        message = Push(device=device, incarnation=incarnation, commands=envelopes)
        return self.call("/sync/push", message)

    def send(self, *envelopes: Envelope) -> tuple[Answer, ...]:
        """Send commands and read their answers."""
        return read(self.push(*envelopes), Pushed).answers

    def receive(self, command: ReceiveCase, user: User = CLERK) -> tuple[str, Answer]:
        """Take an application in, under the next number where none was given."""
        if not command.number:
            command = msgspec.structs.replace(command, number=self.next_number())
        envelope = self.envelope(command, user)
        return envelope.case_id, self.send(envelope)[0]

    def act(self, case_id: str, command: AnyCommand, user: User, base: int = 0) -> Answer:
        """Do something online, signed in as this user."""
        if user.login not in self.sessions:
            self.sessions[user.login] = self.sign_in(user.login).token
        self.session = self.sessions[user.login]
        return self.send(self.envelope(command, user, case_id, base))[0]

    def pull(self, wait: int = 0) -> Page:
        """The next page; moves the cursor."""
        page = read(self.get("/sync/pull", cursor=str(self.cursor), wait=str(wait)), Page)
        self.cursor = page.end
        return page

    def bootstrap(self) -> list[Put]:
        """The whole scope."""
        found: list[Put] = []
        key, position = "", 0
        while True:
            answer = self.call("/sync/bootstrap", {"key": key, "position": position})
            page = read(answer, BootstrapPage)
            found += page.items
            key, position = page.next_key, page.position
            if not key:
                self.cursor = position
                return found

    def new_id(self) -> str:
        """An id as a desk makes one."""
        return new_id(int(self.clock.now().timestamp() * 1000), os.urandom)

    def _hello(self) -> Hello:
        return Hello(
            device=self.enrolled.device,
            incarnation=self.enrolled.incarnation,
            count=self.hellos,
            protocol_oldest=PROTOCOL,
            protocol_newest=PROTOCOL,
            generation=self.generation,
            cursor=self.cursor,
            last_n=self.n,
            scope_version=self.welcome.scope_version if self.welcome else 0,
        )

    def headers(self) -> dict[str, str]:
        """What every call of this desk carries."""
        token = self.welcome.token if self.welcome else ""
        told = {"Authorization": f"Bearer {token}"} if token else {}
        return told | ({"Clerk-Session": self.session} if self.session else {})


def read(response: httpx.Response, kind: type[T]) -> T:
    """The message of an answer that is no problem."""
    assert response.status_code == httpx.codes.OK, response.text
    return decode(response.content, kind)


def read_problem(response: httpx.Response, status: int) -> Problem:
    """The problem of an answer with this status."""
    assert response.status_code == status, response.text
    return decode(response.content, Problem)


def read_case(put: Put) -> CaseRecord:
    """The case that a feed entry carries."""
    return decode(put.body, CaseRecord)


@pytest.fixture
def clock() -> SettableClock:
    """A Monday morning."""
    return SettableClock(MONDAY)


@pytest.fixture(scope="session")
def sqlite_furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A furnished database in a file, to be copied: furnishing was a tenth of each test."""
    with made_once(tmp_path_factory, "furnished") as (folder, first):
        path = folder / "central.db"
        if first:
            with found(f"sqlite:///{path}") as database:
                database.commit(furnish)
    return path


@pytest.fixture(scope="session")
def postgres_furnished(
    postgres: str, postgres_mould: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The name of a furnished database, to be copied."""
    return mould_on(postgres, "furnished", _furnish_at, tmp_path_factory, postgres_mould)


def _furnish_at(url: str) -> None:
    with closing(open_database(url)) as database:
        database.commit(furnish)


@pytest.fixture
def central(database: Database, clock: SettableClock) -> Central:
    """Central over a furnished database."""
    opened = Central(database, clock)
    opened.seal_every_s = 3600.0  # tests seal when they want to
    return opened


@pytest.fixture
def central_url(central: Central) -> Iterator[str]:
    """A running central; what it is reached by."""
    with running(central) as url:
        yield url


MakeDesk = Callable[..., TalkingDesk]


@pytest.fixture
def make_desk(central: Central, central_url: str, clock: SettableClock) -> Iterator[MakeDesk]:
    """Enrols a desk at a window, in a department, or else of the auditors; greets central."""
    with ExitStack() as stack:

        def make(window: str = "", department: str = "") -> TalkingDesk:
            give: Callable[[Connection], str] = partial(
                give_code,
                window=window,
                department=department,
                now=clock.now(),
                audit_desk=not window and not department,
            )
            desk = TalkingDesk(central_url, clock)
            stack.enter_context(desk.http)
            desk.enrol(central.database.commit(give))
            assert desk.hello().directive is Directive.BOOTSTRAP
            return desk

        yield make


@pytest.fixture
def enrolled_device(make_desk: MakeDesk) -> TalkingDesk:
    """A desk at window 1 that has greeted central."""
    return make_desk(window="w1")
