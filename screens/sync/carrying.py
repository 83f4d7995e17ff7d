"""Carrying the outbox to central in a sealed file, and the answers back: for a broken line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from clerk.locale import _
from screens.base import DeskScreen
from screens.dialogs import AskText, Question


class CarryKeys:
    """Asks where the file is to lie, and tells what comes next, in words that stay."""

    def __init__(self, screen: DeskScreen, say: Callable[[str], None]) -> None:
        """Tell `say` what was done."""
        self._screen = screen
        self._say = say
        self._answers = ""

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
        question = Question("path", _("File with central's answers"), self._answers)
        self._screen.app.push_screen(
            AskText(_("Take in central's answers"), [question]), self._take_answers
        )

    def _export(self, typed: Mapping[str, str] | None) -> None:
        if typed is not None:
            path = Path(typed["path"]).expanduser()
            act = partial(self._screen.desk.sealing.export, path)
            self._screen.do(act, done=partial(self._tell_exported, path))

    def _tell_exported(self, path: Path, count: int) -> None:
        answers = path.with_suffix(".answers")
        self._answers = str(answers)
        lines = [
            _("{count} acts are sealed in {path}.").format(count=count, path=path),
            _("1. At central: clerk-central outbox import {file} {answers}").format(
                file=path.name, answers=answers.name
            ),
            _("2. Here again: Ctrl+U takes in {answers}.").format(answers=answers.name),
            _("If the line comes back first, nothing is done twice."),
        ]
        self._say("\n".join(lines))
        self._screen.reload()

    def _take_answers(self, typed: Mapping[str, str] | None) -> None:
        if typed is not None:
            act = partial(self._screen.desk.sealing.take_answers, Path(typed["path"]).expanduser())
            self._screen.do(act, done=self._tell_taken)

    def _tell_taken(self, count: int) -> None:
        self._say("")
        self._screen.app.say(_("{count} answers were taken in.").format(count=count))
        self._screen.reload()
