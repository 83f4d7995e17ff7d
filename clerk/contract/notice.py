"""What became of a numbered paper after it was made: printed once more, handed over (送达)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from clerk.contract.event import Event


class DeliveryWay(StrEnum):
    """How somebody got a notice (送达方式): handed over, by mail, or as an electronic document."""

    WINDOW = "window"
    MAIL = "mail"
    ONLINE = "online"


class NoticePrinted(Event, frozen=True, kw_only=True, tag="notice_printed"):
    """A paper of the case was printed away from the act that made it; `paper` is its kind.

    `nth` is the reprint that stands on it, 0 for a first print. `at` is when central heard of it.
    """

    paper: str
    number: str
    nth: int
    printed_at: datetime


class NoticeDelivered(Event, frozen=True, kw_only=True, tag="notice_delivered"):
    """A notice reached the applicant: how, on which day, and who took it.

    `note` is the signature, the number of the mail, or the account it was sent to.
    """

    paper: str
    number: str
    way: DeliveryWay
    on: date
    receiver: str
    note: str = ""
