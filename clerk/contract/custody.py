"""Who holds which paper of a case, and how papers change hands (材料交接).

A hand-over is two acts of two people: the giver names the papers on a slip (交接单), the taker
counts them and confirms. Until then the giver answers for them.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from clerk.contract.event import Event
from clerk.contract.user import Actor


class PaperForm(StrEnum):
    """An original or a copy (原件, 复印件)."""

    ORIGINAL = "original"
    COPY = "copy"


class HolderKind(StrEnum):
    """What sort of place holds papers; applicant and file hold them for good, lost nobody does."""

    WINDOW = "window"
    DEPARTMENT = "department"
    APPLICANT = "applicant"
    FILE = "file"
    LOST = "lost"


class Holder(msgspec.Struct, frozen=True):
    """A place that holds papers. `id` is the window's or the department's."""

    kind: HolderKind
    id: str = ""


class PaperLine(msgspec.Struct, frozen=True):
    """So many originals or copies of one material of the case; `material` is its key."""

    material: str
    form: PaperForm
    count: int


class Shortage(msgspec.Struct, frozen=True):
    """So many that stood on the slip and were not there, and what was found out about it."""

    material: str
    form: PaperForm
    count: int
    reason: str


class PapersGiven(Event, frozen=True, kw_only=True, tag="papers_given"):
    """The giver handed papers over on a slip; they are on the way until somebody takes them."""

    slip: str
    giver: Holder
    to: Holder
    papers: tuple[PaperLine, ...]


class PapersTaken(Event, frozen=True, kw_only=True, tag="papers_taken"):
    """The taker counted and holds them from now on; what was short stays with the giver."""

    slip: str
    short: tuple[Shortage, ...] = ()


class PapersRecalled(Event, frozen=True, kw_only=True, tag="papers_recalled"):
    """The giver took a slip back that nobody had confirmed; the papers never left."""

    slip: str


class PapersReturned(Event, frozen=True, kw_only=True, tag="papers_returned"):
    """The window gave papers back to the applicant or an agent, against a signature (退还)."""

    slip: str
    giver: Holder
    papers: tuple[PaperLine, ...]
    receiver: str
    signature: str


class PapersFiled(Event, frozen=True, kw_only=True, tag="papers_filed"):
    """Papers of a case that is over went into its file for good (归档)."""

    giver: Holder
    papers: tuple[PaperLine, ...]
    place: str = ""


class Mishap(StrEnum):
    """What became of a paper in the office's hands (遗失, 损坏)."""

    LOST = "lost"
    DAMAGED = "damaged"


class Remedy(StrEnum):
    """How the office made it good (找回, 补办): found again, or another one had at its cost."""

    FOUND = "found"
    REPLACED = "replaced"


class LossPlan(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="loss"):
    """Papers that their holder reports lost or damaged; they count as held until confirmed.

    `names` are what the materials are called, in the order of the papers.
    """

    holder: Holder
    papers: tuple[PaperLine, ...]
    mishap: Mishap
    reason: str
    names: tuple[str, ...] = ()


class PapersLost(Event, frozen=True, kw_only=True, tag="papers_lost"):
    """The office lost or damaged papers, reported by one and confirmed by another (遗失确认).

    `document` numbers the notice with the apology. Nothing is asked of the applicant for it.
    """

    holder: Holder
    papers: tuple[PaperLine, ...]
    mishap: Mishap
    reason: str
    proposal: int = 0
    proposed_by: Actor | None = None
    document: str = ""


class LossMadeGood(Event, frozen=True, kw_only=True, tag="loss_made_good"):
    """Lost papers were found, or others had in their place; `holder` has them from now on."""

    holder: Holder
    papers: tuple[PaperLine, ...]
    remedy: Remedy
    note: str
