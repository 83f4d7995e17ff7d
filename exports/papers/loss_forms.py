"""The notice of papers that the office lost or damaged; the words are in the template."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import msgspec

from clerk.contract.custody import Mishap, PaperForm, Remedy
from exports.papers.forms import Notice


class LossPaper(msgspec.Struct, frozen=True, kw_only=True):
    """So many of one paper that came to harm."""

    name: str
    form: PaperForm
    count: int


class LossNotice(Notice, frozen=True, kw_only=True):
    """材料遗失（损坏）告知书: the apology, that nothing is asked for, and how it is made good.

    `remedy` and `settled_on` are there once all of it is made good.
    """

    template: ClassVar[str] = "loss"
    copies: ClassVar[int] = 2

    received_on: date
    mishap: Mishap
    papers: tuple[LossPaper, ...]
    reason: str
    remedy: Remedy | None = None
    settled_on: date | None = None

    def __post_init__(self) -> None:
        """Assert that it names papers, and what is known of them."""
        super().__post_init__()
        assert self.papers, "a loss is of papers"
        assert self.reason, "what is known of a loss is told"
