"""The notice of what was done to a licence; the words are in the template."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from clerk.contract.licence_life import LicenceAct, LicenceGround
from exports.papers.forms import Notice


class LicenceNotice(Notice, frozen=True, kw_only=True):
    """撤销、注销、暂扣、恢复: what, on what ground, the remedies (行政许可法 Art. 7, 69, 70)."""

    template: ClassVar[str] = "licence_notice"
    copies: ClassVar[int] = 2

    licence_name: str
    licence_number: str
    act: LicenceAct
    reason: str
    ground: LicenceGround | None = None
    basis: str = ""
    until: date | None = None

    def __post_init__(self) -> None:
        """Assert the reason that goes with whatever takes a right away."""
        super().__post_init__()
        assert self.reason, "what is done to a licence has its reason"
