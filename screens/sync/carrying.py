"""Carrying the outbox to central in a sealed file, and the answers back: for a broken line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from clerk.locale import _, _n
from screens.base import DeskScreen
from screens.dialogs import AskText, Question
from screens.errands import run_errand
from services.typed_path import path_of


class CarryKeys:
    """Asks where the file is to lie, and tells what comes next, in words that stay."""

    def __init__(self, screen: DeskScreen) -> None:
        """Carry nothing yet."""
        self._screen = screen
        self._sealed: Path | None = None
        self._count = 0

    def tell(self, waiting: int) -> str:
        """What was sealed and what is to be done with it, while something still waits."""
        if self._sealed is None or not waiting:
            return ""
        path, answers = self._sealed, self._sealed.with_suffix(".answers").name
        lines = [
            _n(
                "{count} act is sealed in {path}.",
                "{count} acts are sealed in {path}.",
                self._count,
            ).format(count=self._count, path=path),
            _("1. At central: clerk-central outbox import {file} {answers}").format(
                file=path.name, answers=answers
            ),
            _("2. Here again: Ctrl+U takes in {answers}.").format(answers=answers),
            _("If the line comes back first, nothing is done twice."),
        ]
        return "\n".join(lines)

    def export(self) -> None:
        """Seal everything that has no answer."""
        if not self._screen.app.standing.waiting:
            self._screen.app.warn(_("Nothing is waiting: there is nothing to carry to central."))
            return
        path = self._screen.desk.suggest_export()
        question = Question("path", _("File to write; a stick's folder will do"), str(path))
        title = _("Seal what is unsent, for central alone to read")
        self._screen.app.push_screen(AskText(title, [question]), self._export)

    def take_answers(self) -> None:
        """Take in what central wrote to the file."""
        expected = str(self._sealed.with_suffix(".answers")) if self._sealed else ""
        question = Question("path", _("File with central's answers"), expected)
        self._screen.app.push_screen(
            AskText(_("Take in central's answers"), [question]), self._take_answers
        )

    def _export(self, typed: Mapping[str, str] | None) -> None:
        if typed is not None:
            path = path_of(typed["path"])
            act = partial(self._screen.desk.sealing.export, path)
            title = _("Sealing what is unsent")
            run_errand(self._screen, title, act, partial(self._tell_exported, path))

    def _tell_exported(self, path: Path, count: int) -> None:
        self._sealed, self._count = path, count
        self._screen.reload()

    def _take_answers(self, typed: Mapping[str, str] | None) -> None:
        if typed is not None:
            act = partial(self._screen.desk.sealing.take_answers, path_of(typed["path"]))
            self._screen.do(act, done=self._tell_taken)

    def _tell_taken(self, count: int) -> None:
        self._sealed = None
        self._screen.app.say(
            _n("{count} answer was taken in.", "{count} answers were taken in.", count).format(
                count=count
            )
        )
        self._screen.reload()
