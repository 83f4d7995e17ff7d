"""The way to a window's recording of a visit: a link, made from the window's own template.

The video system is another one's. Nothing of an applicant or a case goes into the address.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from urllib.parse import quote, urlsplit

import msgspec

from clerk.clock import OFFICE_ZONE
from clerk.contract.case import (
    AnyEvent,
    CaseRecord,
    CompletedAtCounter,
    Received,
    Released,
    Supplemented,
)
from clerk.errors import InputError

BEFORE = timedelta(minutes=30)
"""How long before its record a visit is taken to have begun."""

AFTER = timedelta(minutes=5)
"""How long after its record it is taken to have ended."""

PLACEHOLDERS = ("window", "from", "to", "from_ms", "to_ms")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_VISITS = (Received, CompletedAtCounter, Supplemented, Released)
_LONGEST = 500


class Visit(msgspec.Struct, frozen=True):
    """The minutes of one visit at a window; `seq` is its event, counted from 1."""

    seq: int
    event: AnyEvent
    window: str
    began_at: datetime
    ended_at: datetime


def demand_template(template: str) -> None:
    """Refuse a template that makes no address. Raises InputError `recording.template`."""
    names = set(_PLACEHOLDER.findall(template))
    bare = _PLACEHOLDER.sub("", template)
    parts = urlsplit(bare)
    fits = (
        parts.scheme in ("http", "https")
        and parts.netloc
        and template.isprintable()
        and not any(one in bare for one in " {}")
        and len(template) <= _LONGEST
    )
    if not fits or not names <= set(PLACEHOLDERS) or not {"from", "from_ms"} & names:
        raise InputError("recording.template", names=" ".join(f"{{{x}}}" for x in PLACEHOLDERS))


def visits_of(record: CaseRecord) -> tuple[Visit, ...]:
    """The visits that a case knows of: papers taken in, supplements brought, results fetched."""
    first = record.events[0]
    assert isinstance(first, Received), "a case begins with its receipt"
    return tuple(
        Visit(seq, event, event.by.window or first.window, event.at - BEFORE, event.at + AFTER)
        for seq, event in enumerate(record.events, 1)
        if isinstance(event, _VISITS)
    )


def link(template: str, window: str, began_at: datetime, ended_at: datetime) -> str:
    """The address of a window's recording of some minutes; nothing without a template.

    `{from}` and `{to}` are in the office's time as ISO 8601, `{from_ms}` and `{to_ms}`
    milliseconds since 1970.
    """
    values = {
        "window": window,
        "from": began_at.astimezone(OFFICE_ZONE).isoformat(timespec="seconds"),
        "to": ended_at.astimezone(OFFICE_ZONE).isoformat(timespec="seconds"),
        "from_ms": str(int(began_at.timestamp() * 1000)),
        "to_ms": str(int(ended_at.timestamp() * 1000)),
    }
    return _PLACEHOLDER.sub(lambda found: quote(values[found[1]], safe=""), template)
