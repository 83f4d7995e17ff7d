"""Which of the office's own workbooks is filled: one that central keeps, or a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from weakref import WeakKeyDictionary

from clerk.clock import OFFICE_ZONE
from clerk.contract.report_template import ReportTemplate
from clerk.locale import _
from clerk.rules.reports.parts import Report
from screens.base import DeskScreen
from screens.dialogs.ask import AskText, Question
from screens.dialogs.choose import Choose
from services.typed_path import path_of

Chosen = Callable[[ReportTemplate | Path], None]
"""Told a kept one, or the path of a file."""

_FILE = "file"
_typed: WeakKeyDictionary[DeskScreen, str] = WeakKeyDictionary()
"""The path that was typed last over a screen: a workbook with a fault is mended and tried anew."""


def choose_own(screen: DeskScreen, report: Report, chosen: Chosen) -> None:
    """Ask central which it keeps, then the person which it is to be."""

    def offer(kept: Sequence[ReportTemplate]) -> None:
        if not kept:
            _ask_path(screen, chosen)
            return
        options = [(str(place), _label(one)) for place, one in enumerate(kept)]

        def take(key: str | None) -> None:
            if key == _FILE:
                _ask_path(screen, chosen)
            elif key is not None:
                chosen(kept[int(key)])

        options.append((_FILE, _("Another one, by the path of its file")))
        screen.app.push_screen(Choose(_("Which workbook is filled?"), options), take)

    screen.do(screen.desk.reports.templates, report, done=offer)


def _ask_path(screen: DeskScreen, chosen: Chosen) -> None:
    def take(answers: dict[str, str] | None) -> None:
        if answers is not None:
            _typed[screen] = answers["path"]
            chosen(path_of(answers["path"]))

    label = _("Path of the office's workbook (.xlsx)")
    question = Question("path", label, _typed.get(screen, ""))
    screen.app.push_screen(AskText(_("Which workbook is filled?"), [question]), take)


def _label(one: ReportTemplate) -> str:
    saved = f"{one.saved_at.astimezone(OFFICE_ZONE):%Y-%m-%d}"
    return _("{name}  kept since {day}").format(name=one.name, day=saved)
