"""How long a sheet of the journal takes to set: told by a few of its lines, here and now."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from exports.papers.journal_forms import DayForm, ShiftForm

_FEW, _MORE = 5, 205
_AT_ONCE = 400
"""So many lines are set in less time than anybody waits for."""


def expect_s(paper: ShiftForm | DayForm, time: Callable[[ShiftForm | DayForm], float]) -> float:
    """The seconds that this paper will take; 0 where it is there at once.

    The first few lines bring in what all share, so only what the others add is a measure; on a
    machine that has other work it is still the larger part.
    """
    lines = len(paper.papers if isinstance(paper, ShiftForm) else paper.lines)
    if lines < _AT_ONCE:
        return 0.0
    few, more = time(_cut(paper, _FEW)), time(_cut(paper, _MORE))
    each = max(more - few, more / 2) / (_MORE - _FEW)
    return more + each * (lines - _MORE)


def _cut(paper: ShiftForm | DayForm, lines: int) -> ShiftForm | DayForm:
    if isinstance(paper, ShiftForm):
        return replace(paper, papers=paper.papers[:lines])
    return replace(paper, lines=paper.lines[:lines], gaps=paper.gaps[:lines])
