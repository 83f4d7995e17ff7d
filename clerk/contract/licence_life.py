"""What befalls a licence that is out: suspended, revoked, cancelled, corrected, reissued, over."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from clerk.contract.event import Event
from clerk.contract.user import Actor


class LicenceAct(StrEnum):
    """What is done to a licence."""

    SUSPEND = "suspend"
    RESUME = "resume"
    REVOKE = "revoke"
    CANCEL = "cancel"
    CORRECT = "correct"
    REISSUE = "reissue"


class LicenceGround(StrEnum):
    """Why a licence is revoked (行政许可法 Art. 69) or cancelled (Art. 70); closed lists."""

    ABUSE = "abuse"
    BEYOND_POWERS = "beyond_powers"
    PROCEDURE = "procedure"
    INELIGIBLE = "ineligible"
    OTHER_REVOCATION = "other_revocation"
    DECEPTION = "deception"
    NOT_RENEWED = "not_renewed"
    HOLDER_GONE = "holder_gone"
    DISSOLVED = "dissolved"
    WITHDRAWN = "withdrawn"
    IMPOSSIBLE = "impossible"
    OTHER_CANCELLATION = "other_cancellation"


class LicencePlan(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="licence"):
    """Do something to the licence of a case; one proposes, another approves.

    A revocation and a cancellation have their ground, a suspension its `basis` in law and, if it
    ends by itself, its last day. A correction says how `holder` and lines of the form should be.
    """

    act: LicenceAct
    reason: str
    ground: LicenceGround | None = None
    basis: str = ""
    until: date | None = None
    holder: str = ""
    fields: dict[str, str] = {}


class LicenceChanged(Event, frozen=True, kw_only=True, tag="licence_changed"):
    """Something was done to a licence, approved by whoever this event is of.

    `document` numbers the notice of it; `to_seal`: a new paper of it waits for the seal.
    """

    licence: str
    act: LicenceAct
    reason: str
    ground: LicenceGround | None = None
    basis: str = ""
    until: date | None = None
    holder: str = ""
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    proposal: int = 0
    proposed_by: Actor | None = None
    document: str = ""
    to_seal: bool = False


class LicenceExpired(Event, frozen=True, kw_only=True, tag="licence_expired"):
    """The last day of a licence is over, and nothing has renewed it."""

    licence: str
    last: date
