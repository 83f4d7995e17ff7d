"""Counting what came on a slip: everything is there unless it is taken out, and then why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from clerk.contract.custody import PaperLine, Shortage
from clerk.locale import _
from screens.base import DeskScreen
from screens.custody.rows import lines_to_count
from screens.custody.words import name_form
from screens.dialogs import AskText, MarkLines, Question
from services.paper_lists import OpenSlip

Short = dict[str, tuple[Shortage, ...]]
_Missing = dict[tuple[int, int], int]


def count_slip(screen: DeskScreen, slip: OpenSlip, done: Callable[[Short], None]) -> None:
    """Ask what is there, and of what is not what was found out."""
    lines = lines_to_count(slip)

    def counted(there: tuple[str, ...] | None) -> None:
        if there is None:
            return
        missing: _Missing = Counter(
            (int(part), int(row))
            for key in (one.key for one in lines if one.key not in there)
            for part, row, _nth in (key.split(),)
        )
        if missing:
            _ask_why(screen, slip, missing, done)
        else:
            done({})

    title = _("Slip {slip}: take the mark away from what is missing").format(slip=slip.number)
    screen.app.push_screen(MarkLines(title, lines), counted)


def _ask_why(
    screen: DeskScreen, slip: OpenSlip, missing: _Missing, done: Callable[[Short], None]
) -> None:
    questions = [
        Question(f"{part}-{row}", _label(slip, part, row, count))
        for (part, row), count in missing.items()
    ]

    def told(answers: dict[str, str] | None) -> None:
        if answers is not None:
            done(_short(slip, missing, answers))

    title = _("What was found out about what is missing? It stays with the case.")
    screen.app.push_screen(AskText(title, questions), told)


def _short(slip: OpenSlip, missing: _Missing, answers: dict[str, str]) -> Short:
    short: Short = {}
    for (part, row), count in missing.items():
        case, line = slip.parts[part][0], _line(slip, part, row)
        one = Shortage(line.material, line.form, count, answers[f"{part}-{row}"])
        short[case.id] = (*short.get(case.id, ()), one)
    return short


def _label(slip: OpenSlip, part: int, row: int, count: int) -> str:
    case, line = slip.parts[part][0], _line(slip, part, row)
    return f"{case.name(line.material)}  {name_form(line.form, count)}"


def _line(slip: OpenSlip, part: int, row: int) -> PaperLine:
    return slip.parts[part][1].papers[row]
