"""The journal on paper: the shift that was handed over, the day that was balanced."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from clerk.clock import OFFICE_ZONE
from clerk.contract.journal import BalanceLine, DayBalance, JournalEntry, LostLine, ShiftHandover
from clerk.errand import Errand, Phase
from clerk.rules.identifiers.masking import scrub
from exports.papers.journal_forms import DayForm, ShiftForm
from services.journal_pace import expect_s
from services.press import Press
from services.profile import Profile
from storage import catalogue, identity
from storage.store import Store

MOST_LINES = 300
"""Lines of a sheet, some ten pages, beyond which papers of which nothing moved are told as one."""


class JournalPrinter:
    """Prints into a folder of its own: these papers name no applicant."""

    def __init__(self, profile: Profile, store: Store, press: Press) -> None:
        """Beside the papers of cases."""
        self._folder = profile.papers / "journal"
        self._press = press
        self._store = store

    def print_entry(self, entry: JournalEntry, errand: Errand, *, reprint: bool = False) -> Path:
        """The paper of an entry as it stands; a second print says that it is one.

        Raises CancelledError: then nothing is printed.
        """
        errand.tell(Phase.SETTING)
        with self._store.read() as connection:
            enrolled = identity.get_enrolled(connection)
            window = catalogue.find_window(connection, entry.window)
        centre = window.centre if window else enrolled.centre
        name = window.name if window else enrolled.window_name
        if isinstance(entry, ShiftHandover):
            paper: ShiftForm | DayForm = shift_form(entry, centre, name)
        else:
            paper = day_form(entry, centre, name)
        paper = replace(paper, sheet=_sheet(entry, window.number if window else 0))
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._folder / f"{paper.template}-{entry.at:%Y%m%d-%H%M%S}.pdf"
        errand.expect(Phase.SETTING, expect_s(paper, self._press.time))
        self._press.put(replace(paper, reprint=reprint), path, errand=errand)
        return path


def _sheet(entry: JournalEntry, window: int) -> str:
    """The number that a sheet is filed by: its kind, its window, its moment."""
    kind = "JB" if isinstance(entry, ShiftHandover) else "RJ"
    return f"{kind}{window:03d}{entry.at.astimezone(OFFICE_ZONE):%y%m%d%H%M%S}"


def shift_form(entry: ShiftHandover, centre: str, window: str) -> ShiftForm:
    """交接班单."""
    return ShiftForm(
        centre=centre,
        window=window,
        since=entry.since,
        handed_at=entry.at,
        giver=entry.by.name,
        drafts=entry.drafts,
        receipts=entry.receipts,
        papers=entry.papers,
        listed_papers=entry.listed_papers,
        counted_papers=entry.counted_papers,
        certificates=entry.certificates,
        counted_certificates=entry.counted_certificates,
        reason=scrub(entry.reason),
        losses=_told(entry.losses),
        taker=entry.taken_by.name if entry.taken_by else "",
        taken_at=entry.taken_at,
    )


def day_form(entry: DayBalance, centre: str, window: str) -> DayForm:
    """日结单. Nobody reads hundreds of pages of papers that only lie here: those are one line."""
    lines = entry.lines
    if len(lines) > MOST_LINES:
        lines = tuple(one for one in lines if not _is_untouched(one))
    return DayForm(
        centre=centre,
        window=window,
        since=entry.since,
        closed_at=entry.at,
        clerk=entry.by.name,
        lines=lines,
        gaps=tuple(one.gap for one in lines),
        untouched_lines=len(entry.lines) - len(lines),
        untouched=entry.held - sum(one.held for one in lines),
        held=entry.held,
        counted=entry.counted,
        missed=tuple(replace(one, reason=scrub(one.reason)) for one in entry.missed),
        losses=_told(entry.losses),
        reason=scrub(entry.reason),
    )


def _is_untouched(line: BalanceLine) -> bool:
    came = line.received or line.came or line.found
    went = line.sent or line.returned or line.filed or line.lost
    return not (came or went or line.gap)


def _told(losses: tuple[LostLine, ...]) -> tuple[LostLine, ...]:
    return tuple(replace(one, reason=scrub(one.reason)) for one in losses)
