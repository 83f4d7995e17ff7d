"""Which screen somebody sees first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.base import DeskScreen
    from services.bootstrap import Desk


def first_screen_of(desk: Desk) -> type[DeskScreen]:
    """Findings for an auditor at an auditors' desk, the worklists for everybody else."""
    if desk.findings.is_open:
        from screens.findings.screen import FindingsScreen

        return FindingsScreen
    from screens.home.screen import HomeScreen

    return HomeScreen
