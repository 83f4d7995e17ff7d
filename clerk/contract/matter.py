"""Matters (诉求): complaints, inquiries, suggestions, and follow-ups of bad ratings, as events.

A matter is what somebody brings that is no application. Its state and its dates are folded from
its events (clerk.rules.matter), as those of a case are.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from clerk.contract.event import Event


class MatterKind(StrEnum):
    """What is brought: 投诉, 咨询, 建议, 差评回访."""

    COMPLAINT = "complaint"
    INQUIRY = "inquiry"
    SUGGESTION = "suggestion"
    FOLLOW_UP = "follow_up"


class MatterWay(StrEnum):
    """How it came. `telephone` is the hotline (12345) too; `rating` opens its follow-up itself."""

    WINDOW = "window"
    TELEPHONE = "telephone"
    ONLINE = "online"
    RATING = "rating"


class MatterLimits(msgspec.Struct, frozen=True):
    """The office's limits that held when it was taken in, in working days.

    A limit of contacting of None is none. A follow-up is answered by what was mended.
    """

    answer_days: int
    contact_days: int | None = None


class Brought(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody brings, and about what. An empty name is anonymous.

    `department` is whose it is to answer; empty, it is the centre's own. `rating` is the id of
    the rating that a follow-up is of; what was rated how stands there alone.
    """

    kind: MatterKind
    way: MatterWay
    text: str
    department: str = ""
    case_number: str = ""
    item: str = ""
    item_name: str = ""
    name: str = ""
    phone: str = ""
    rating: str = ""


class MatterTaken(Event, frozen=True, kw_only=True, tag="matter_taken"):
    """It came; `window` is where it was taken in and is told of the answer, if a window did."""

    brought: Brought
    limits: MatterLimits
    window: str = ""


class MatterContacted(Event, frozen=True, kw_only=True, tag="matter_contacted"):
    """Whoever brought it was talked to; `note` tells what was said."""

    note: str


class MatterAnswered(Event, frozen=True, kw_only=True, tag="matter_answered"):
    """The answer, or what was mended."""

    text: str


class MatterPassed(Event, frozen=True, kw_only=True, tag="matter_passed"):
    """It goes to another department; an empty one gives it back to the centre."""

    to: str
    reason: str


class MatterTold(Event, frozen=True, kw_only=True, tag="matter_told"):
    """Whoever brought it knows the answer; `note` says how, if anything was to be said."""

    note: str = ""


class MatterClosed(Event, frozen=True, kw_only=True, tag="matter_closed"):
    """Nothing more is to be done about it, and why."""

    reason: str


class MatterAppealed(Event, frozen=True, kw_only=True, tag="matter_appealed"):
    """The rated side holds the rating of a follow-up to be unjust (申诉)."""

    reason: str


class AppealDecided(Event, frozen=True, kw_only=True, tag="matter_appeal_decided"):
    """Somebody else looked into the appeal: the rating is excluded as malicious, or upheld."""

    excluded: bool
    reason: str


AnyMatterEvent = (
    MatterTaken
    | MatterContacted
    | MatterAnswered
    | MatterPassed
    | MatterTold
    | MatterClosed
    | MatterAppealed
    | AppealDecided
)


class MatterRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A matter as it travels: all that happened to it. The version is the number of events.

    In what central sends out the telephone number is masked, and numbers of people in texts.
    """

    id: str
    version: int
    events: tuple[AnyMatterEvent, ...]


class AskContact(msgspec.Struct, frozen=True, kw_only=True):
    """Why somebody needs to know how whoever brought a matter is reached."""

    reason: str


class ContactGiven(msgspec.Struct, frozen=True, kw_only=True):
    """Who brought a matter, with the telephone number whole."""

    name: str
    phone: str


class Contact(msgspec.Struct, frozen=True, kw_only=True, tag="contact"):
    """Ask to note that whoever brought it was talked to."""

    note: str


class Reply(msgspec.Struct, frozen=True, kw_only=True, tag="reply"):
    """Ask to answer it."""

    text: str


class PassOn(msgspec.Struct, frozen=True, kw_only=True, tag="pass_on"):
    """Ask to hand it to another department, or back to the centre."""

    to: str
    reason: str


class Close(msgspec.Struct, frozen=True, kw_only=True, tag="close"):
    """Ask to close it."""

    reason: str


class Appeal(msgspec.Struct, frozen=True, kw_only=True, tag="appeal"):
    """Ask to have the rating excluded."""

    reason: str


class DecideAppeal(msgspec.Struct, frozen=True, kw_only=True, tag="decide_appeal"):
    """Answer an appeal."""

    exclude: bool
    reason: str


AnyMatterAct = Contact | Reply | PassOn | Close | Appeal | DecideAppeal
"""What may be done with a matter by whoever answers for it."""
