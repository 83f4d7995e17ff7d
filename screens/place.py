"""Where a desk stands, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clerk.locale import _

if TYPE_CHECKING:
    from clerk.contract.sync import Enrolled
    from services.bootstrap import Desk


def tell_place(desk: Desk) -> str:
    """The centre with the window or the department."""
    enrolled = desk.enrolled
    where = enrolled.window_name or _department_name(desk, enrolled) or _("Audit")
    return " · ".join(part for part in (enrolled.centre, where) if part)


def _department_name(desk: Desk, enrolled: Enrolled) -> str:
    """The catalogue's name; before the catalogue came, the one given at enrolment."""
    departments = desk.catalogue.departments() if enrolled.department else ()
    told = enrolled.department_name
    return next((one.name for one in departments if one.id == enrolled.department), told)
