"""Building a desk: every service made once, with its collaborators. No globals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from clerk.clock import OFFICE_ZONE, Clock, SystemClock
from clerk.contract.sync import Enrolled
from clerk.contract.user import User
from clerk.errors import StoreError
from services.acts import Acts
from services.administration import Administration
from services.cases import Cases
from services.casework import Casework
from services.catalogue import Catalogue
from services.changes import Changes, Listener
from services.client import Client
from services.comparing import Comparer
from services.contact import Contact
from services.counter import Counter
from services.custody import Custody
from services.desk_parts import Ground, build_handling, build_waits, build_watching
from services.doctor import Doctor
from services.drafts import Drafts
from services.due_papers import DuePapers
from services.enrolment import enrol
from services.farewell import Farewell
from services.finding import Finder
from services.findings import Findings
from services.forecasts import Forecasts
from services.intake import Intake
from services.journal import Journal
from services.keys import open_key
from services.leash import Leash
from services.licences import Licences
from services.line import Line
from services.looks import Looks
from services.lookup import Lookup
from services.matters import Matters
from services.mending import Mending
from services.opened import Opened
from services.papers import Papers
from services.press import Press
from services.printing import PrintQueue
from services.profile import Profile, read_settings, scan_folder
from services.projects import BundleApplications
from services.proposals import Proposals
from services.pulling import Puller
from services.pushing import Pusher
from services.ratings import Ratings
from services.recovery import recover
from services.release import Release
from services.reopening import Reopening
from services.repeating import Repeating
from services.report import Reports
from services.saved_lists import SavedLists
from services.scan_fetching import ScanFetcher
from services.scan_sending import ScanSender
from services.scanner import Scanner
from services.scans import Scans
from services.sealing import Sealing
from services.seat import is_of_both, seated
from services.session import Session, VerifierOf, make_verifier
from services.shelf import Shelf
from services.supervision import Supervision
from services.sync import Sync
from services.timekeeping import Timekeeper
from services.today import Today
from services.verification import Verification
from services.viewer import Viewer, show_file
from services.waiting import Waiting
from storage import identity
from storage.instance import Instance, hold_instance
from storage.store import Store
from storage.vault import vault_of


@dataclass(frozen=True)
class Desk:
    """All services of one running desk. `close` ends them and lets another instance start."""

    profile: Profile
    session: Session
    catalogue: Catalogue
    lookup: Lookup
    drafts: Drafts
    intake: Intake
    forecasts: Forecasts
    projects: BundleApplications
    cases: Cases
    finder: Finder
    counter: Counter
    casework: Casework
    custody: Custody
    journal: Journal
    matters: Matters
    ratings: Ratings
    proposals: Proposals
    release: Release
    licences: Licences
    verification: Verification
    mending: Mending
    reopening: Reopening
    repeating: Repeating
    papers: Papers
    press: Press
    due_papers: DuePapers
    reports: Reports
    supervision: Supervision
    findings: Findings
    administration: Administration
    saved_lists: SavedLists
    own_day: Today
    scanner: Scanner
    scans: Scans
    sync: Sync
    sealing: Sealing
    leash: Leash
    doctor: Doctor
    looks: Looks
    clock: Clock
    _changes: Changes
    _line: Line
    _store: Store
    _instance: Instance

    @property
    def enrolled(self) -> Enrolled:
        """What central calls this desk, and where it belongs now."""
        with self._store.read() as connection:
            return identity.get_enrolled(connection)

    @property
    def present(self) -> User | None:
        """Who is signed in, with the roles that count at this desk; lists and keys go by it."""
        user = self.session.user
        return seated(user, self.enrolled) if user and is_of_both(user) else user

    @property
    def printing(self) -> PrintQueue:
        """What waits for the printer."""
        return self.press.queue

    @property
    def today(self) -> date:
        """The office's date."""
        return self.clock.now().astimezone(OFFICE_ZONE).date()

    def suggest_export(self) -> Path:
        """Where the sealed outbox may go, unless whoever carries it says otherwise."""
        moment = self.clock.now().astimezone(OFFICE_ZONE).strftime("%Y%m%d-%H%M%S")
        return self.profile.data / f"outbox-{moment}.sealed"

    def listen(self, listener: Listener | None) -> None:
        """Tell this one of every change, from whatever thread it came."""
        self._changes.listen(listener)

    def close(self) -> None:
        """Stop the background, end every call, close the store."""
        self.scans.close()
        self.printing.close()
        self.sync.stop()
        self._changes.listen(None)
        self._line.close()
        self._store.close()
        self._instance.release()


def open_desk(
    profile: Profile,
    clock: Clock | None = None,
    passphrase: str | None = None,
    viewer: Viewer | None = None,
    verifier_of: VerifierOf = make_verifier,
) -> Desk:
    """The desk of a profile that was enrolled; `viewer` shows scans in place of the platform's.

    What is kept of a password costs what `verifier_of` makes it cost.

    Raises StoreError: `store.in_use`, `desk.not_enrolled`, and what `open_key` and
    `Store.open` raise.
    """
    demand_enrolled(profile)
    clock = clock or SystemClock()
    instance = hold_instance(profile.data)
    try:
        store = Store.open(profile.store, open_key(profile, passphrase))
        try:
            ground = _lay_ground(profile, clock, store, verifier_of)
            return _build(ground, _build_sync(ground), instance, viewer)
        except BaseException:
            store.close()
            raise
    except BaseException:
        instance.release()
        raise


def demand_enrolled(profile: Profile) -> None:
    """Raise `desk.not_enrolled` where there is no store whose key could be asked for."""
    if not profile.store.exists():
        raise StoreError("desk.not_enrolled")


def enrol_desk(
    profile: Profile,
    *,
    address: str,
    code: str,
    clock: Clock | None = None,
    passphrase: str | None = None,
) -> Enrolled:
    """Make the profile's desk known to central. Raises what `enrol` and `open_desk` raise."""
    with _opened(profile, passphrase) as store:
        return enrol(profile, store, clock or SystemClock(), address=address, code=code)


@contextmanager
def _opened(profile: Profile, passphrase: str | None) -> Iterator[Store]:
    with hold_instance(profile.data):
        store = Store.open(profile.store, open_key(profile, passphrase))
        try:
            yield store
        finally:
            store.close()


def _lay_ground(profile: Profile, machine: Clock, store: Store, verifier_of: VerifierOf) -> Ground:
    with store.read() as connection:
        identity.get_enrolled(connection)
    settings = read_settings(profile)
    if not settings.central:
        raise StoreError("desk.not_enrolled")
    clock = Timekeeper(machine)
    recover(store, clock.now())
    changes = Changes()
    contact = Contact(store, changes, clock)
    clock.recall(contact.seen.at if contact.seen else None)
    client = Client(settings.central, clock, practice=settings.practice)
    line = Line(store, client, contact, clock)
    session = Session(store, line, changes, clock, verifier_of=verifier_of)
    return Ground(profile, store, clock, changes, contact, line, session)


class _Syncing(NamedTuple):
    """What keeps a desk level with central."""

    pusher: Pusher
    puller: Puller
    sealing: Sealing
    farewell: Farewell
    sync: Sync


def _build_sync(ground: Ground) -> _Syncing:
    profile, store, clock, changes, contact, line, session = ground
    pusher = Pusher(store, line, session, changes, clock)
    puller = Puller(store, line, changes, clock)
    comparer = Comparer(store, line, puller, changes, clock)
    sealing = Sealing(store, changes, clock)
    farewell = Farewell(profile, store, line, contact, sealing, changes)
    sync = Sync(store, line, contact, pusher, puller, comparer, farewell, session, changes, clock)
    return _Syncing(pusher, puller, sealing, farewell, sync)


class _Scanning(NamedTuple):
    """Scans, and the sealed papers that come the same way."""

    shelf: Shelf
    scans: Scans
    licences: Licences


def _build_scans(ground: Ground, viewer: Viewer | None) -> _Scanning:
    profile, store, clock, changes, contact, line, session = ground
    vault = vault_of(store.path)
    shelf = Shelf(store, vault, Opened(profile), clock)
    fetcher = ScanFetcher(store, vault, line, session, clock)
    sender = ScanSender(store, shelf, line, changes, clock)
    shown = viewer or show_file
    scans = Scans(store, shelf, sender, fetcher, session, contact, changes, viewer=shown)
    return _Scanning(shelf, scans, Licences(profile, store, vault, fetcher))


def _tie(syncing: _Syncing, papers: Papers, scans: Scans) -> None:
    """What leaves the desk's sight leaves its folders, and what leaves the desk is sent first."""

    def forget_unseen() -> None:
        papers.purge_unseen()
        scans.purge()

    syncing.puller.when_lost(forget_unseen)
    syncing.farewell.when_handed_over(scans.send_all)


def _build(ground: Ground, syncing: _Syncing, instance: Instance, viewer: Viewer | None) -> Desk:
    profile, store, clock, changes, contact, line, session = ground
    sync = syncing.sync
    press = Press(profile, store, session, PrintQueue(store, changes, clock))
    waiting = Waiting(store, session, sync, changes, clock)
    papers = Papers(profile, store, press, contact, clock, waiting=waiting)
    papers.purge()
    leash = Leash(store, profile.data, contact, read_settings(profile).leash)
    shelf, scans, licences = _build_scans(ground, viewer)
    _tie(syncing, papers, scans)
    acts = Acts(store, line, session, syncing.pusher, syncing.puller, changes, clock)
    waits = build_waits(ground, waiting, acts, papers, press)
    watching = build_watching(ground, acts, papers)
    handling = build_handling(ground, acts, papers, licences, watching.supervision)
    catalogue, drafts = Catalogue(store), Drafts(store, session, clock)
    own_cases = Cases(store, session, contact, clock)
    return Desk(
        profile=profile,
        session=session,
        catalogue=catalogue,
        lookup=Lookup(line, session, clock),
        drafts=drafts,
        intake=Intake(store, session, papers, sync, leash, changes, clock),
        forecasts=Forecasts(store, clock),
        projects=BundleApplications(store, line, session, clock),
        cases=own_cases,
        finder=Finder(store, session, own_cases, drafts, catalogue, line, clock),
        **waits._asdict(),
        **handling._asdict(),
        **watching._asdict(),
        licences=licences,
        verification=Verification(line),
        papers=papers,
        press=press,
        due_papers=DuePapers(store, papers, press, clock, waiting=waiting),
        saved_lists=SavedLists(store, session, changes),
        scanner=Scanner(
            store, shelf, session, acts, sync, changes, clock, folder=scan_folder(profile)
        ),
        scans=scans,
        sync=sync,
        sealing=syncing.sealing,
        leash=leash,
        doctor=Doctor(store, sync, clock),
        looks=Looks(profile),
        clock=clock,
        _changes=changes,
        _line=line,
        _store=store,
        _instance=instance,
    )
