"""The commands for several things at once: copied one to a line, for those that they are for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from clerk.locale import _, _n, in_a_row, listed
from screens.administration.rows import Line
from screens.base import DeskScreen
from screens.dialogs.choose import Choose


def offer_shared(screen: DeskScreen, lines: Sequence[Line]) -> None:
    """Offer what whole commands there are for any of them, and for how many of them each is."""
    shared = _shared(lines)
    if not shared:
        told = _("There is no command for several of these. Enter on one alone offers its own.")
        screen.app.warn(told)
        return
    label = _("{command}  {does} ({count}/{marked})")
    offered = [
        (stem, label.format(command=stem, does=_(does), count=len(fit), marked=len(lines)))
        for (stem, does), fit in shared.items()
    ]
    by_stem = {stem: fit for (stem, _does), fit in shared.items()}
    title = _("Copy which commands, one for each of {count}?").format(count=len(lines))
    screen.app.push_screen(Choose(title, offered), partial(_copy, screen, lines, by_stem))


_Fitting = Mapping[int, str]
"""By its place among the things, the command for one."""


def _shared(lines: Sequence[Line]) -> dict[tuple[str, str], _Fitting]:
    """By what a command begins with and what it does; that of most things first."""
    found: dict[tuple[str, str], dict[int, str]] = {}
    for place, line in enumerate(lines):
        for act in line.acts:
            if act.stem:
                found.setdefault((act.stem, act.does), {})[place] = act.command
    return dict(sorted(found.items(), key=lambda one: -len(one[1])))


def _copy(
    screen: DeskScreen, lines: Sequence[Line], by_stem: Mapping[str, _Fitting], stem: str | None
) -> None:
    """Those that are left out are named: nobody takes them for done."""
    if stem is None:
        return
    fit = by_stem[stem]
    commands = [*dict.fromkeys(fit.values())]
    screen.app.copy_to_clipboard("\n".join(commands))
    told = _n(
        "{count} command is copied; paste it at central.",
        "{count} commands are copied, one to a line; paste them at central.",
        len(commands),
    ).format(count=len(commands))
    left = [one.name for place, one in enumerate(lines) if place not in fit]
    if left:
        told = in_a_row(told, _("None for {names}.").format(names=listed(left)))
    screen.app.say(told)
