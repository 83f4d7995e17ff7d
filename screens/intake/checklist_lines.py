"""How a line of the checklist looks: its mark, its counts, and what is to be said about it."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from clerk.contract.case import MaterialState
from clerk.contract.draft import Tick
from clerk.locale import _, _n
from clerk.locale.punctuation import in_turn
from clerk.rules.checklist import Line, satisfied
from screens.intake.cells import pad_cells, wrap_cells
from screens.intake.ticks import explain_held

_MARKS = {
    MaterialState.PROVIDED: "☑",
    MaterialState.CORRECTED: "☑",
    MaterialState.DEFERRED: "◷",
    MaterialState.DECLARED: "✎",
    MaterialState.MISSING: "☐",
    MaterialState.EXEMPTED: "⊘",
}
LEAD = 2
NARROWEST_NAME = 12


@dataclass(frozen=True)
class Shown:
    """A line as it is drawn: with its tick, the items it serves, and where the cursor is."""

    line: Line
    tick: Tick | None
    serves: str
    column: str = ""
    """`originals` or `copies` where the cursor is, else nothing."""


@dataclass(frozen=True)
class Widths:
    """The columns' widths in cells."""

    name: int
    originals: int
    copies: int
    serves: int

    @classmethod
    def fit(cls, width: int, most_serves: int) -> Widths:
        """The counts take what their titles need, the names take the rest."""
        originals, copies = cell_len(_("Originals")), cell_len(_("Copies"))
        serves = max(cell_len(_("For")), most_serves) if most_serves else 0
        taken = LEAD + originals + copies + 2 + (serves + 1 if serves else 0)
        return cls(max(NARROWEST_NAME, width - taken), originals, copies, serves)


def draw_header(widths: Widths) -> Content:
    """The columns' titles."""
    cells = [
        " " * LEAD + pad_cells(_("Material"), widths.name),
        pad_cells(_("Originals"), widths.originals, right=True),
        pad_cells(_("Copies"), widths.copies, right=True),
    ]
    if widths.serves:
        cells.append(pad_cells(_("For"), widths.serves, right=True))
    return Content.styled(" ".join(cells), "$foreground-muted")


def draw_line(shown: Shown, widths: Widths, *, focused: bool) -> list[Content]:
    """The line, its name over as many rows as it needs, and a row for each remark."""
    lit = focused and bool(shown.column)
    style = "on $primary-muted" if lit else ""
    names = wrap_cells(_name(shown.line), widths.name)
    first = Content.assemble(
        (f"{mark_of(shown)} ", f"bold {_tone(shown)}"),
        (pad_cells(names[0], widths.name), "bold" if lit else _name_style(shown)),
        *_counts(shown, widths, lit=lit),
        pad_cells(shown.serves, widths.serves + 1, right=True) if widths.serves else "",
    )
    rows = [first, *(Content(" " * LEAD + more) for more in names[1:])]
    width = LEAD + widths.name + widths.originals + widths.copies + widths.serves + 2
    rows += [
        Content.styled(" " * LEAD + text, tone)
        for remark, tone in _remarks(shown)
        for text in wrap_cells(remark, width - LEAD)
    ]
    return [row.stylize(style) if style else row for row in rows]


def mark_of(shown: Shown) -> str:
    """The sign in front of a line."""
    if shown.line.exempted:
        return _MARKS[MaterialState.EXEMPTED]
    if shown.tick is None or not _is_in(shown):
        return _MARKS[MaterialState.MISSING]
    return _MARKS[shown.tick.state]


def _is_in(shown: Shown) -> bool:
    """Whether an optional paper was handed in, or a required one is satisfied."""
    if shown.line.required:
        return satisfied(shown.line, shown.tick)
    return shown.tick is not None and shown.tick.state is not MaterialState.MISSING


def _tone(shown: Shown) -> str:
    if shown.line.exempted:
        return "$foreground-muted"
    if _is_in(shown):
        state = shown.tick.state if shown.tick else MaterialState.MISSING
        late = state in {MaterialState.DEFERRED, MaterialState.DECLARED}
        return "$text-warning" if late else "$text-success"
    return "$foreground" if shown.line.required else "$foreground-muted"


def _name(line: Line) -> str:
    return line.name if line.required else _("{name} (optional)").format(name=line.name)


def _name_style(shown: Shown) -> str:
    done = shown.line.exempted or _is_in(shown) or not shown.line.required
    return "$foreground-muted" if done else "$foreground"


def _counts(shown: Shown, widths: Widths, *, lit: bool) -> list[tuple[str, str] | str]:
    line, tick = shown.line, shown.tick
    parts: list[tuple[str, str] | str] = []
    for name, have, need, width in (
        ("originals", tick.originals if tick else 0, line.originals, widths.originals),
        ("copies", tick.copies if tick else 0, line.copies, widths.copies),
    ):
        text = "" if line.exempted else f"{have}/{need}" if have or need else "-"
        tone = _count_tone(shown, have, need)
        here = lit and shown.column == name
        padding = " " * (1 + max(0, width - cell_len(text)))
        parts += [padding, (text, "bold $text on $primary" if here else tone)]
    return parts


def _count_tone(shown: Shown, have: int, need: int) -> str:
    if have and have >= need:
        return "$text-success"
    asked = have < need and shown.line.required and not _is_in(shown)
    return "$text-warning" if asked else "$foreground-muted"


def _remarks(shown: Shown) -> list[tuple[str, str]]:
    """What the line has to tell; what may be done about it only under the cursor."""
    line, tick = shown.line, shown.tick
    told: list[tuple[str, str]] = []
    if held := explain_held(line):
        told.append((held, "$text-success" if line.exempted else "$text-warning"))
    if tick is not None and not line.exempted and (word := _word_of(line, tick)):
        told.append((word, "$text-warning"))
    if shown.column:
        told += [(text, "$foreground-muted") for text in _advice(line)]
    return told


def _word_of(line: Line, tick: Tick) -> str:
    match tick.state:
        case MaterialState.DEFERRED:
            days = line.deferrable_days
            return _n(
                "Deferred: to be handed in within {days} day",
                "Deferred: to be handed in within {days} days",
                days or 0,
            ).format(days=days)
        case MaterialState.DECLARED:
            return _("A signed declaration stands for it")
        case MaterialState.CORRECTED:
            return _("Corrected at the counter")
        case _:
            return ""


def _advice(line: Line) -> list[str]:
    material = line.material
    about = in_turn(one for one in (material.note, material.source_note, material.medium) if one)
    may = []
    if not line.exempted and line.deferrable_days:
        may.append(
            _n(
                "d: defer up to {days} day", "d: defer up to {days} days", line.deferrable_days
            ).format(days=line.deferrable_days)
        )
    if not line.exempted and line.declarable:
        may.append(_("x: take a declaration"))
    return [text for text in (about, " · ".join(may)) if text]
