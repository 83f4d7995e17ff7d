"""A place of a case that can hold something, and what can stand there."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

import msgspec

from clerk.contract.case import Ticked
from clerk.contract.proposal import AnyPlan
from clerk.rules.custody.ledger import Lot


class Mark(StrEnum):
    """What is so or not so, where nothing was typed."""

    STANDS = "stands"
    OVERRUN = "overrun"
    ENDED = "ended"
    SILENT = "silent"
    AWAITED = "awaited"
    TOGETHER = "together"
    AS_READY = "as_ready"
    MADE_GOOD = "made_good"


class Days(msgspec.Struct, frozen=True):
    """So many days of a limit or of a special procedure."""

    amount: int


Value = str | date | Days | Ticked | Lot | AnyPlan
"""What stands on a spot: a word of the program (a StrEnum), a typed text, a day, papers, a plan."""


class Facet(StrEnum):
    """What a spot is about, in the order in which it is shown."""

    STAGE = "stage"
    CLOCK = "clock"
    OUTCOME = "outcome"
    DELIVERY = "delivery"
    STEP = "step"
    HELD_BY = "held_by"
    MATERIAL = "material"
    ASKED = "asked"
    AWAITED = "awaited"
    PROPOSED = "proposed"
    REJECTED = "rejected"
    STOP = "stop"
    PLANNED = "planned"
    FINDING = "finding"
    EXTENSION = "extension"
    SECOND_NOTICE = "second_notice"
    PUT_RIGHT = "put_right"
    GROUND = "ground"
    REASON = "reason"
    RIGHT_BODY = "right_body"
    STANCE = "stance"
    OPINION = "opinion"
    BUNDLE = "bundle"
    WAITS_FOR = "waits_for"
    WAIVED = "waived"
    HANDOVER = "handover"
    ASK = "ask"
    DEMAND = "demand"
    ANSWER_DUE = "answer_due"
    ANSWER = "answer"
    COLLECTOR = "collector"
    SIGNATURE = "signature"
    SCAN = "scan"
    PAPER = "paper"
    SLIP = "slip"
    SHORT = "short"
    LOSS = "loss"
    APPLICANT = "applicant"
    AGENT = "agent"
    FORM = "form"


class Spot(NamedTuple):
    """One place of a case. `name` tells materials, steps and the like apart: a text or a word."""

    facet: Facet
    key: str = ""
    name: str = ""


Written = tuple[Spot, Value]
