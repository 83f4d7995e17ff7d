"""The calls of desks and people: decode, call; encoding is the edge's."""

from __future__ import annotations

from functools import partial

import msgspec

from central import access, finding, projects, releases, sessions
from central.db.engine import Connection
from central.http.asked import Asked
from central.progress import find_progress, subject_of
from central.registers.lookup import look_up
from central.registers.recording import note_refusal
from central.service import Central
from central.sync import bootstrap as bootstrapping
from central.sync import digest as digesting
from central.sync import enrol as enrolment
from central.sync import hello as greeting
from central.sync import push as pushing
from central.sync import sealed as sealing
from central.watching import boards
from clerk.contract.case import CaseRecord
from clerk.contract.finding import FindCases, FoundCases
from clerk.contract.progress import AskProgress, Progress
from clerk.contract.project import FindProjects, Project, Projects
from clerk.contract.sealed import HandedOver, Sealed
from clerk.contract.session import ApplicantCard, LookUp, Ready, ReadyQuery, SignedIn, SignIn
from clerk.contract.supervision import Board, WatchedPage
from clerk.contract.sync import (
    BootstrapPage,
    Digest,
    Enrol,
    Enrolled,
    Hello,
    Mismatch,
    Push,
    Pushed,
    Welcome,
)
from clerk.errors import ClerkError, InputError, RefusedError
from clerk.rules.case import fold


class Health(msgspec.Struct, frozen=True):
    """That the process answers."""

    status: str = "ok"


def health(_central: Central, _asked: Asked) -> Health:
    """Whether the process lives."""
    return Health()


def ready(central: Central, _asked: Asked) -> Health:
    """Whether the database answers."""
    central.head()
    return Health()


def enrol(central: Central, asked: Asked) -> Enrolled:
    """Make a desk known by its one-time code and its public key."""
    message, now = asked.decode(Enrol), central.clock.now()
    return central.database.commit(partial(enrolment.enrol, message=message, now=now))


def hello(central: Central, asked: Asked) -> Welcome:
    """Greet a desk and tell it what to do."""
    return central.database.commit(
        partial(
            greeting.hello,
            message=asked.decode(Hello),
            body=asked.raw,
            signature=asked.headers.get("clerk-signature", ""),
            now=central.clock.now(),
            spoken=central.spoken,
        )
    )


def push(central: Central, asked: Asked) -> Pushed:
    """Take commands in."""
    message = asked.decode(Push)
    with central.database.read() as connection:
        device = asked.get_device(connection)
        user = asked.find_user(connection, device)
    pushed = pushing.push(
        central.database, device, message, user, central.clock.now(), kinds=central.spoken.kinds
    )
    for answer in pushed.answers:
        central.metrics.count("clerk_commands_total", conclusion=answer.conclusion.value)
    return pushed


def bootstrap(central: Central, asked: Asked) -> BootstrapPage:
    """One page of a desk's whole scope."""
    ask = asked.decode(bootstrapping.AskBootstrap)
    with central.database.read() as connection:
        return bootstrapping.bootstrap(connection, asked.get_device(connection), ask)


def hand_over(central: Central, asked: Asked) -> HandedOver:
    """The outbox of a desk that was disabled; its signature is in it."""
    sealed, now = asked.decode(Sealed), central.clock.now()
    pushed, _answers = sealing.take_in(central.database, sealed, now)
    lend = partial(greeting.lend_leaving_token, device_id=sealed.device, now=now)
    token = central.database.commit(lend)
    return HandedOver(pushed=pushed, token=token)


def digest(central: Central, asked: Asked) -> Digest:
    """What a desk should hold."""
    with central.database.read() as connection:
        return digesting.digest(connection, asked.get_device(connection))


def note_mismatch(central: Central, asked: Asked) -> None:
    """A desk found its cache differing."""
    told, now = asked.decode(Mismatch), central.clock.now()
    with central.database.read() as connection:
        device = asked.get_device(connection)
    noting = partial(digesting.note_mismatch, device=device, told=told, now=now)
    central.database.commit(noting)
    central.metrics.count("clerk_digest_mismatches_total")


def sign_in(central: Central, asked: Asked) -> SignedIn:
    """Open a session; the slow hash is checked outside of any write."""
    ask, now = asked.decode(SignIn), central.clock.now()
    with central.database.read() as connection:
        device = asked.get_device(connection)
        central.attempts.demand_few(device.id, now)
        found = sessions.find_password(connection, ask.login)
    try:
        user = sessions.check_password(found, ask.password)
        sessions.demand_place(user, device)
    except RefusedError:
        central.attempts.note(device.id, now)
        central.database.commit(partial(sessions.note_failure, device=device, now=now))
        raise
    opening = partial(sessions.open_session, user=user, device=device, now=now)
    return central.database.commit(opening)


def sign_out(central: Central, asked: Asked) -> None:
    """End a session."""
    with central.database.read() as connection:
        asked.get_device(connection)
    token = asked.headers.get("clerk-session", "")
    central.database.commit(partial(sessions.end_session, token=token))


def make_lookup(central: Central, asked: Asked) -> ApplicantCard:
    """The card of an ID number."""
    ask = asked.decode(LookUp)

    def look(connection: Connection) -> ApplicantCard | InputError | RefusedError:
        """All in one transaction; what is refused is refused before anything is written."""
        caller = asked.get_caller(connection)
        try:
            return look_up(connection, ask, caller)
        except (InputError, RefusedError) as error:
            note_refusal(connection, ask, caller, error.code)
            return error

    card = central.database.commit(look)
    if isinstance(card, ClerkError):
        raise card
    return card


def list_ready(central: Central, asked: Asked) -> Ready:
    """What lies at the window for one person."""
    ask = asked.decode(ReadyQuery)
    with central.database.read() as connection:
        caller = asked.get_caller(connection)
    return central.database.commit(partial(releases.list_ready, ask=ask, caller=caller))


def find_cases(central: Central, asked: Asked) -> FoundCases:
    """Cases by a number, within the caller's sight."""
    ask = asked.decode(FindCases)
    with central.database.read() as connection:
        caller = asked.get_caller(connection)
    return central.database.commit(partial(finding.find_cases, ask=ask, caller=caller))


def ask_progress(central: Central, asked: Asked) -> Progress:
    """How a case stands, for whoever holds its receipt."""
    ask, now = asked.decode(AskProgress), central.clock.now()
    subject = subject_of(ask)
    central.attempts.demand_few(subject, now)
    try:
        with central.database.read() as connection:
            return find_progress(connection, ask)
    except RefusedError:
        central.attempts.note(subject, now)
        raise


def show_case(central: Central, asked: Asked) -> CaseRecord:
    """A case, masked; that somebody watches it from another place is on record."""
    case_id = asked.path["case_id"]
    with central.database.read() as connection:
        caller = asked.get_caller(connection)
        record = access.show_case(connection, caller, case_id)
    if not access.sees(caller.device, fold(record)):
        central.database.commit(partial(boards.note_look, caller=caller, case_id=case_id))
    return record


def unmask(central: Central, asked: Asked) -> releases.Unmasked:
    """The whole numbers of a case, for a reason."""
    ask = asked.decode(releases.AskUnmask)
    with central.database.read() as connection:
        caller = asked.get_caller(connection)
    case_id = asked.path["case_id"]
    return central.database.commit(
        partial(releases.unmask, case_id=case_id, ask=ask, caller=caller)
    )


def find_projects(central: Central, asked: Asked) -> Projects:
    """The bundle applications of somebody, or of a receipt."""
    ask = asked.decode(FindProjects)
    with central.database.read() as connection:
        caller = asked.get_caller(connection)
    return central.database.commit(partial(projects.find_projects, ask=ask, caller=caller))


def show_project(central: Central, asked: Asked) -> Project:
    """A bundle application, whole."""
    with central.database.read() as connection:
        caller = asked.get_caller(connection)
        return projects.show_project(connection, asked.path["project_id"], caller)


def show_board(central: Central, asked: Asked) -> Board:
    """The counts of open cases by department, step and light."""
    with central.database.read() as connection:
        caller = asked.get_caller(connection)
    mark = asked.query.get("mark", "")
    return boards.show_board(central, caller, int(mark) if mark.isdecimal() else -1)


def list_watched(central: Central, asked: Asked) -> WatchedPage:
    """Some open cases of the board."""
    with central.database.read() as connection:
        caller = asked.get_caller(connection)
        return boards.list_watched(connection, caller, asked.query)
