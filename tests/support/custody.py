"""Papers of the food item on their way between its window and its department."""

from __future__ import annotations

from datetime import date

from clerk.contract.command import GivePapers, TakePapers
from clerk.contract.custody import (
    Holder,
    HolderKind,
    Mishap,
    PaperForm,
    PaperLine,
    Remedy,
    Shortage,
)
from clerk.contract.loss_command import DeclareLoss, MakeGood
from clerk.rules.custody.slips import slip_number

WINDOW = Holder(HolderKind.WINDOW, "w1")
MARKET = Holder(HolderKind.DEPARTMENT, "market")
FORM = PaperLine("m1", PaperForm.ORIGINAL, 1)
ID_COPY = PaperLine("m2", PaperForm.COPY, 1)
PLAN = PaperLine("m3", PaperForm.COPY, 1)
ALL_PAPERS = (FORM, ID_COPY, PLAN)


def a_slip(n: int) -> str:
    """The number of the n-th slip of a story."""
    return slip_number(date(2026, 6, 1), bytes([n] * 8))


def to_market(n: int = 1, papers: tuple[PaperLine, ...] = ALL_PAPERS) -> GivePapers:
    """From the window to the department."""
    return GivePapers(slip=a_slip(n), to=MARKET, papers=papers)


def to_window(n: int, papers: tuple[PaperLine, ...]) -> GivePapers:
    """From the department back to the window."""
    return GivePapers(slip=a_slip(n), to=WINDOW, papers=papers)


def taken(n: int = 1, *missing: PaperLine) -> TakePapers:
    """Confirmed, less these."""
    short = tuple(Shortage(one.material, one.form, one.count, "袋中没有") for one in missing)
    return TakePapers(slip=a_slip(n), short=short)


def missed(paper: PaperLine, mishap: Mishap = Mishap.LOST) -> DeclareLoss:
    """Reported lost or damaged by whoever holds it."""
    return DeclareLoss(papers=(paper,), mishap=mishap, reason="柜中找不到")


def made_good(paper: PaperLine, remedy: Remedy) -> MakeGood:
    """Found again, or replaced."""
    return MakeGood(papers=(paper,), remedy=remedy, note="从档案柜取得")
