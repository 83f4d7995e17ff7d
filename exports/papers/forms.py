"""What stands on each printed form; the words around it are in the templates.

Every number of an identity document is masked before it comes here. A whole one is a
programmer's mistake and is refused: paper lies about and cannot be called back.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

import msgspec

from clerk.contract.case import DeclineGround, SupplementLine, Ticked
from clerk.contract.usual_time import UsualTime
from clerk.rules.identifiers.masking import looks_like_identifier
from exports.papers.unreturned import UnreturnedPaper

_MASK = "*"


def _assert_masked(number: str) -> None:
    """Refuse what could be a whole number; the message never repeats it."""
    assert not number or _MASK in number, "an ID number on paper is masked"
    assert not looks_like_identifier(number), "an ID number on paper is masked whole"


class Reprinted(msgspec.Struct, frozen=True, kw_only=True):
    """Which reprint of a paper this is, from 1, and who made it when."""

    nth: int
    at: datetime
    by: str


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """The root of all forms. `centre` is the service centre whose window hands it out.

    `copies` of it are printed, one for each side that keeps one (一式两份). `reprint` marks a
    second print of the same paper (补打), so that two do not pass for two acts; `reprinted` tells
    which one it is.
    """

    template: ClassVar[str]
    copies: ClassVar[int] = 1

    centre: str
    reprint: bool = False
    reprinted: Reprinted | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The numbers that stand on it as Code 128 and QR."""
        return ()

    @property
    def links(self) -> tuple[str, ...]:
        """The addresses that stand on it as QR."""
        return ()


class ReceiptCase(msgspec.Struct, frozen=True, kw_only=True):
    """One case on a receipt. `forecast` marks dates that a later calendar may move (预计).

    `project` names the bundle application that it belongs to. A case that `waits_for` other
    items has no dates: its limits begin once they are granted.
    `usual` is what decided cases of the item took (通常用时), where there are enough of them.
    """

    number: str
    item_name: str
    department_name: str
    materials: tuple[Ticked, ...] = ()
    promised_due: date | None = None
    statutory_due: date | None = None
    forecast: bool = False
    project: str = ""
    waits_for: tuple[str, ...] = ()
    usual: UsualTime | None = None


class Receipt(Paper, frozen=True, kw_only=True):
    """收件回执及材料清单: what was taken in, for one application of one or several cases.

    `waiting` marks an intake that central has not seen yet (待上传). The receipt tells the
    five days of 行政许可法 Art. 32(4) and that silence counts as accepted. `rating_page` is where
    the visit is rated (好差评), if it can be.
    """

    template: ClassVar[str] = "receipt"
    copies: ClassVar[int] = 2

    window: str
    clerk: str
    received_at: datetime
    applicant: str
    masked_id: str
    cases: tuple[ReceiptCase, ...]
    application: str = ""
    agent: str = ""
    agent_masked_id: str = ""
    query_password: str = ""
    rating_page: str = ""
    waiting: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The number of each case."""
        return tuple(one.number for one in self.cases)

    @property
    def links(self) -> tuple[str, ...]:
        """Where the visit is rated."""
        return tuple(filter(None, (self.rating_page,)))

    def __post_init__(self) -> None:
        """Assert that there is something to receive, and nothing that must not be printed."""
        assert self.cases, "a receipt is for at least one case"
        _assert_masked(self.masked_id)
        _assert_masked(self.agent_masked_id)


class Notice(Paper, frozen=True, kw_only=True):
    """A paper about one case in a body's own name, sealed and dated (行政许可法 Art. 32, 38).

    `number` is its document number (文书号), `office` the body that seals it. `corrects` is the
    number of the paper whose place it takes (更正); `void` marks a print of one that holds no more.
    """

    number: str
    office: str
    case_number: str
    item_name: str
    applicant: str
    masked_id: str
    dated: date
    corrects: str = ""
    void: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The number of the case: scanned, it opens the case."""
        return (self.case_number,)

    def __post_init__(self) -> None:
        """Assert that the paper can be told from others and shows no whole ID number."""
        assert self.number, "a notice bears a document number"
        _assert_masked(self.masked_id)


class AcceptanceNotice(Notice, frozen=True, kw_only=True):
    """受理通知书 (行政许可法 Art. 32(5)). `deemed`: accepted by silence (视为受理, Art. 32(4)).

    One that `waits_for` other items of its bundle application has no dates yet.
    """

    template: ClassVar[str] = "acceptance"
    copies: ClassVar[int] = 2

    received_on: date
    accepted_on: date
    statutory_due: date | None = None
    promised_due: date | None = None
    forecast: bool = False
    deemed: bool = False
    waits_for: tuple[str, ...] = ()


class SupplementNotice(Notice, frozen=True, kw_only=True):
    """一次性补正告知书: everything that is missing, once (行政许可法 Art. 32(4))."""

    template: ClassVar[str] = "supplement"
    copies: ClassVar[int] = 2

    received_on: date
    lines: tuple[SupplementLine, ...]


class DeclineNotice(Notice, frozen=True, kw_only=True):
    """不予受理通知书, with its reason and the remedies (行政许可法 Art. 32).

    `right_body` is required where the matter is another body's.
    """

    template: ClassVar[str] = "decline"
    copies: ClassVar[int] = 2

    received_on: date
    ground: DeclineGround
    reason: str
    right_body: str = ""

    def __post_init__(self) -> None:
        """Assert the reason, and the right body where the law wants it named (Art. 32(2))."""
        super().__post_init__()
        assert self.reason, "a decline gives its reason"
        assert self.right_body or self.ground is not DeclineGround.NOT_THIS_OFFICE, (
            "a decline for another body names it"
        )


class WithdrawalNotice(Notice, frozen=True, kw_only=True):
    """撤回申请确认书: the application is taken back, and what of it is given back.

    `papers` are the materials that lie with the office, with their counts; `losses` what it lost
    or damaged and has not made good.
    """

    template: ClassVar[str] = "withdrawal"
    copies: ClassVar[int] = 2

    received_on: date
    reason: str
    papers: tuple[Ticked, ...] = ()
    losses: tuple[UnreturnedPaper, ...] = ()

    def __post_init__(self) -> None:
        """Assert the applicant's reason."""
        super().__post_init__()
        assert self.reason, "a withdrawal has its reason"


class Decision(Notice, frozen=True, kw_only=True):
    """准予行政许可决定书 (行政许可法 Art. 38(1)). `deferred` is still owed (容缺)."""

    template: ClassVar[str] = "decision"
    copies: ClassVar[int] = 2

    accepted_on: date
    content: str = ""
    licence_name: str = ""
    licence_number: str = ""
    valid_until: date | None = None
    deferred: tuple[Ticked, ...] = ()


class Refusal(Notice, frozen=True, kw_only=True):
    """不予行政许可决定书, with its reason and the remedies (行政许可法 Art. 38(2))."""

    template: ClassVar[str] = "refusal"
    copies: ClassVar[int] = 2

    accepted_on: date
    reason: str

    def __post_init__(self) -> None:
        """Assert the reason that the law wants stated."""
        super().__post_init__()
        assert self.reason, "a refusal gives its reason"


class Relation(StrEnum):
    """In whose right somebody collects a result."""

    SELF = "self"
    AGENT = "agent"


class Handed(msgspec.Struct, frozen=True, kw_only=True):
    """One document that was handed over."""

    name: str
    number: str = ""
    copies: int = 1


class DeliveryProof(Notice, frozen=True, kw_only=True):
    """送达回证: who took what home and when. `note` is what the clerk wrote of the signature."""

    template: ClassVar[str] = "delivery"

    window: str
    clerk: str
    documents: tuple[Handed, ...]
    collector: str
    collector_masked_id: str
    relation: Relation
    delivered_at: datetime
    note: str = ""

    def __post_init__(self) -> None:
        """Assert that something was handed over, and that no whole ID number is shown."""
        super().__post_init__()
        assert self.documents, "a proof of delivery lists what was delivered"
        _assert_masked(self.collector_masked_id)
