"""What the law makes of a licence that ended while its renewal is undecided, in words (Art. 50)."""

from __future__ import annotations

from datetime import date

from clerk.contract.licence import Renewal
from clerk.locale import _
from screens.words import word


def tell_renewal(renewal: Renewal, by: str, on: date | None) -> str:
    """Whether it counts as renewed, with who confirmed it and on which day where that is known."""
    if renewal is not Renewal.CONFIRMED or on is None or not by:
        return word(renewal)
    told = _("deemed renewed until its renewal is decided, confirmed by {name} on {day}")
    return told.format(name=by, day=on.isoformat())
