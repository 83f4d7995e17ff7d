"""What stands on a licence (证照版式文件), and the round seal of whoever issues it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import msgspec

from clerk.rules.identifiers.masking import looks_like_identifier
from exports.papers.forms import Paper


class LicenceLine(msgspec.Struct, frozen=True):
    """A line of a licence that its type has beside holder, issuer and dates."""

    label: str
    text: str


class LicencePaper(Paper, frozen=True, kw_only=True):
    """A licence on one page. `holder_number` is a credit code, or a person's number masked.

    `code` are the check digits that belong to type and number; `address` is where the QR leads,
    empty until it is known. `remark` tells what the paper replaces (补发, 更正).
    """

    template: ClassVar[str] = "licence"

    title: str
    number: str
    holder: str
    holder_label: str
    holder_number: str
    lines: tuple[LicenceLine, ...]
    office: str
    issued_on: date
    dated: date
    valid_until: date | None
    code: str
    address: str = ""
    remark: str = ""

    def __post_init__(self) -> None:
        """Assert that the licence can be told from others and shows no person's whole number."""
        assert self.number, "a licence bears its number"
        credit = self.holder_label == CREDIT_CODE
        assert credit or not looks_like_identifier(self.holder_number), "a person's is masked"

    @property
    def qr(self) -> str:
        """What its QR says: an address with number and check digits, and nothing of a person."""
        return self.address or f"{self.number} {self.code}"


CREDIT_CODE = "统一社会信用代码"
"""The label under which a number stands whole: it is public."""


class SealMark(Paper, frozen=True, kw_only=True):
    """A round seal with a star: `office` runs along its upper rim (国发〔1999〕25号)."""

    template: ClassVar[str] = "seal_mark"

    office: str
