"""What is asked about papers that the office lost or damaged (材料遗失、损坏)."""

from __future__ import annotations

from clerk.contract.command_root import Command
from clerk.contract.custody import Mishap, PaperLine, Remedy


class DeclareLoss(Command, frozen=True, kw_only=True, tag="declare_loss.1"):
    """Report papers lost or damaged; somebody else confirms. A window may with the line down."""

    papers: tuple[PaperLine, ...]
    mishap: Mishap
    reason: str


class MakeGood(Command, frozen=True, kw_only=True, tag="make_good.1"):
    """Lost papers were found, or others had; a window may say so with the line down."""

    papers: tuple[PaperLine, ...]
    remedy: Remedy
    note: str
