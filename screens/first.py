"""Which screen somebody sees first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.base import DeskScreen
    from services.bootstrap import Desk


def first_screen_of(desk: Desk) -> type[DeskScreen]:
    """Findings for an auditor, the system for an administrator, the worklists for all others."""
    if desk.findings.is_open:
        from screens.findings.screen import FindingsScreen

        return FindingsScreen
    if desk.administration.is_open:
        from screens.administration.screen import AdministrationScreen

        return AdministrationScreen
    from screens.home.screen import HomeScreen

    return HomeScreen
