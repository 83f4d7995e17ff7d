"""What a desk is made of, in groups that share what they stand on (services.bootstrap)."""

from __future__ import annotations

from typing import NamedTuple

from services.acts import Acts
from services.administration import Administration
from services.casework import Casework
from services.changes import Changes
from services.contact import Contact
from services.counter import Counter
from services.custody import Custody
from services.findings import Findings
from services.journal import Journal
from services.journal_forms import JournalPrinter
from services.licences import Licences
from services.line import Line
from services.matters import Matters
from services.mending import Mending
from services.papers import Papers
from services.press import Press
from services.profile import Profile
from services.proposals import Proposals
from services.ratings import Ratings
from services.release import Release
from services.reopening import Reopening
from services.repeating import Repeating
from services.report import Reports
from services.session import Session
from services.slips import SlipPrinter
from services.supervision import Supervision
from services.timekeeping import Timekeeper
from services.today import Today
from services.waiting import Waiting
from storage.store import Store


class Ground(NamedTuple):
    """What every service of a desk stands on."""

    profile: Profile
    store: Store
    clock: Timekeeper
    changes: Changes
    contact: Contact
    line: Line
    session: Session


class Waits(NamedTuple):
    """What goes on with the line down: papers, what a window signs, hears and is rated for."""

    custody: Custody
    journal: Journal
    matters: Matters
    ratings: Ratings


def build_waits(
    ground: Ground, waiting: Waiting, acts: Acts, papers: Papers, press: Press
) -> Waits:
    """What may wait for the line."""
    profile, store, clock, _changes, contact, line, session = ground
    slips, sheets = SlipPrinter(store, papers), JournalPrinter(profile, store, press)
    return Waits(
        Custody(store, session, contact, clock, acts=acts, waiting=waiting, printer=slips),
        Journal(store, session, line, clock, waiting=waiting, printer=sheets),
        Matters(store, session, contact, line, acts, waiting, clock),
        Ratings(store, waiting, clock),
    )


class Handling(NamedTuple):
    """What is done to cases, and how what was refused is mended."""

    counter: Counter
    casework: Casework
    proposals: Proposals
    release: Release
    mending: Mending
    reopening: Reopening
    repeating: Repeating


def build_handling(
    ground: Ground, acts: Acts, papers: Papers, licences: Licences, supervision: Supervision
) -> Handling:
    """What changes cases."""
    _profile, store, clock, changes, contact, line, session = ground
    mending = Mending(store, session, contact, acts, papers, changes, clock)
    reopening = Reopening(store, session, changes, clock)
    return Handling(
        Counter(acts, papers),
        Casework(acts, papers),
        Proposals(acts, papers, supervision),
        Release(line, session, acts, papers, clock, licences=licences),
        mending,
        reopening,
        Repeating(session, mending, reopening),
    )


class Watching(NamedTuple):
    """What is looked at over many cases, or over the whole system."""

    supervision: Supervision
    findings: Findings
    administration: Administration
    reports: Reports
    own_day: Today


def build_watching(ground: Ground, acts: Acts, papers: Papers) -> Watching:
    """What looks over them."""
    profile, store, clock, _changes, contact, line, session = ground
    return Watching(
        Supervision(store, line, session, acts, papers, clock),
        Findings(store, session, contact, acts, clock),
        Administration(store, line, session),
        Reports(profile, line, session),
        Today(store, session, clock),
    )
