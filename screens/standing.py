"""Where a desk stands, and how it stands with central: what the bar at the top says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clerk.locale import _
from screens.widgets.status_bar import Standing

if TYPE_CHECKING:
    from clerk.contract.sync import Enrolled
    from services.bootstrap import Desk


def tell_place(desk: Desk) -> str:
    """The centre with the window or the department."""
    # The window is there before the rules, which this loads (tests/services/test_start.py).
    from clerk.sync.scope import ADMINISTRATION

    enrolled = desk.enrolled
    if enrolled.department == ADMINISTRATION:
        return _("Administration")
    where = enrolled.window_name or _department_name(desk, enrolled) or _("Audit")
    return " · ".join(part for part in (enrolled.centre, where) if part)


def read_standing(desk: Desk) -> Standing:
    """Ask the store how things stand. Raises StoreError."""
    user, status = desk.session.user, desk.sync.status()
    return Standing(
        place=tell_place(desk),
        person=user.name if user else "",
        online=status.online,
        waiting=status.waiting,
        problems=status.refused,
        clock_off_min=status.clock.minutes if status.clock else 0,
    )


def _department_name(desk: Desk, enrolled: Enrolled) -> str:
    """The catalogue's name; before the catalogue came, the one given at enrolment."""
    departments = desk.catalogue.departments() if enrolled.department else ()
    told = enrolled.department_name
    return next((one.name for one in departments if one.id == enrolled.department), told)
