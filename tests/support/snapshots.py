"""What a screen shows, as text that a person can review: its characters, and how they look.

One file holds a screen in one language at both sizes: the characters first, then the looks, line by
line, as runs of cells under letters whose meaning stands at the end.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual.app import App
from textual.screen import ModalScreen
from textual.widgets import Label

from screens.widgets.key_bar import KeyBar
from screens.widgets.listing import Listing

if TYPE_CHECKING:
    from rich.segment import Segment
    from rich.style import Style
    from textual.strip import Strip

    from screens.app import ClerkApp

FOLDER = Path(__file__).resolve().parents[1] / "screens" / "snapshots"
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def strips_of(app: App[Any]) -> list[Strip]:
    """The screen in front as the terminal would draw it, line by line."""
    return list(app.screen._compositor.render_strips(app.size))


_OVER = ".dialog, CommandPalette > Vertical"


def in_front(app: ClerkApp) -> list[Strip]:
    """The same, without what a dialog lies over: that is dimmed on purpose."""
    dialogs = list(app.screen.query(_OVER)) if isinstance(app.screen, ModalScreen) else []
    if not dialogs:
        return strips_of(app)
    seen = dialogs[0].region
    return [strip.crop(seen.x, seen.right) for strip in strips_of(app)[seen.y : seen.bottom]]


def take(app: App[Any]) -> str:
    """The screen in front at its present size."""
    strips = strips_of(app)
    legend: dict[str, str] = {}
    looks = [_runs(strip, legend) for strip in strips]
    width, height = app.size
    lines = [f"== {width}x{height}", *(_settled(strip.text) for strip in strips)]
    lines += ["-- looks", *(f"{number:>2} {run}" for number, run in enumerate(looks) if run)]
    lines += [f"{letter} = {style}" for style, letter in legend.items()]
    return "\n".join(lines) + "\n"


def _settled(text: str) -> str:
    """A line without its last blanks, and without what is drawn by lot."""
    return re.sub(r"((?:查询密码|Query password) +)\d{6}", r"\g<1>000000", text).rstrip()


def _runs(strip: Strip, legend: dict[str, str]) -> str:
    """How a line looks: letters with the number of cells that look so."""
    runs: list[tuple[str, int]] = []
    for segment in strip:
        style = name_style(segment.style, blank=not segment.text.strip())
        letter = legend.setdefault(style, _LETTERS[len(legend)])
        if runs and runs[-1][0] == letter:
            runs[-1] = (letter, runs[-1][1] + segment.cell_length)
        else:
            runs.append((letter, segment.cell_length))
    return " ".join(f"{letter}{count}" for letter, count in runs if count)


def name_style(style: Style | None, *, blank: bool) -> str:
    """Colours and attributes; what has no characters shows its ground only."""
    if style is None:
        return "nothing"
    ground = style.bgcolor.name if style.bgcolor else "default"
    if blank:
        return f"on {ground}"
    attributes = [
        name
        for name in ("bold", "dim", "italic", "underline", "reverse", "strike")
        if getattr(style, name)
    ]
    colour = style.color.name if style.color else "default"
    return " ".join([*attributes, colour, "on", ground])


def compare(name: str, found: str, *, renew: bool) -> str:
    """Compare with what is kept, or keep it; the differences, or nothing."""
    path = FOLDER / f"{name}.txt"
    if renew:
        FOLDER.mkdir(exist_ok=True)
        path.write_text(found, "utf-8")
        return ""
    kept = path.read_text("utf-8") if path.exists() else ""
    names = (str(path), "now")
    changed = difflib.unified_diff(kept.splitlines(), found.splitlines(), *names, lineterm="", n=1)
    return "\n".join(changed)


# What must hold of every picture, whatever it shows


def find_cut_characters(strips: Iterable[Strip], width: int) -> list[str]:
    """Lines that are not exactly as wide as the screen: half a character was cut or doubled."""
    return [
        strip.text
        for strip in strips
        if cell_len(strip.text) != width or "\N{REPLACEMENT CHARACTER}" in strip.text
    ]


_NAMES = r"(?:Ctrl|Shift|Esc|Enter|Tab|Home|End|PgUp|PgDn|Del|Space|Excel|English|PDF|QR|CSV)\b"
_COMMAND = re.compile(r"clerk(?:-central)? [a-z].*")
_ENGLISH = re.compile(
    rf"(?<![\w@./+-])(?!{_NAMES})[A-Z][a-z]{{2,}}(?![\w@/+-])"
    r"|(?<![\w@./-])[a-z]{2,} [a-z]{2,}\b"
)


def find_english(strips: Iterable[Strip]) -> list[str]:
    """Words that a Chinese screen shows in English; names of keys and commands are no words."""
    lines = (_COMMAND.sub("", strip.text) for strip in strips)
    return [line.strip() for line in lines if _ENGLISH.search(line)]


def find_cut_labels(app: ClerkApp) -> list[str]:
    """Titles over columns, keys at the foot, words on emptiness and labels that are not whole."""
    screen, text = app.screen, "\n".join(strip.text for strip in strips_of(app))
    cut = []
    for listing in (one for one in screen.query(Listing) if one.display):
        cut += _cut_titles(listing)
        if not listing.length and cell_len(listing._empty()) > listing.size.width:
            cut.append(listing._empty())
    for bar in screen.query(KeyBar):
        cut += [one.label for one in bar.shown if one.label not in text]
    for label in screen.query(Label):
        if label.display and cell_len(str(label.render())) > label.size.width:
            cut.append(str(label.render()))
    return cut


def _cut_titles(listing: Listing) -> list[str]:
    shown = [one for one in listing.columns if one.from_width <= listing.size.width]
    widths = listing._widths(listing.size.width)
    return [
        one.title for one, wide in zip(shown, widths, strict=True) if cell_len(one.title) > wide
    ]


_SIDES = set("│┃║▌▐▊▎█┤├")


def _cells(strip: Strip) -> list[str]:
    """One entry for each cell; the second half of a wide character is empty."""
    row: list[str] = []
    for character in strip.text:
        row += [character, *[""] * (cell_len(character) - 1)]
    return row


def find_broken_frames(app: ClerkApp) -> list[str]:
    """Lines in which a side of a round frame does not stand in its column.

    Looks at the frames that are wholly seen; a text that is measured wrongly pushes a side out.
    """
    rows = [_cells(strip) for strip in strips_of(app)]
    broken = []
    for widget, (seen, _clip) in app.screen._compositor.visible_widgets.items():
        kind, _colour = widget.styles.border_left
        if kind != "round" or seen.intersection(_clip) != seen:
            continue
        for y in range(seen.y + 1, seen.bottom - 1):
            sides = rows[y][seen.x], rows[y][seen.right - 1]
            if not set(sides) <= _SIDES:
                broken.append(f"{widget} line {y}: {sides}")
    return broken


# Contrast, as WCAG 2.1 computes it

_DRAWN = set("│─╭╮╰╯┌┐└┘━┃▌▐▔▁▏▕█▊▎▂▆▅▃▇▄▀░▒▓")


def find_drawn(strips: Iterable[Strip]) -> list[str]:
    """Lines that draw frames or bars, which a screen reader would spell out."""
    return [strip.text for strip in strips if _DRAWN & set(strip.text)]


def luminance(colour: tuple[int, int, int]) -> float:
    """Relative luminance of a colour, 0 to 1."""
    parts = [
        value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4
        for value in (one / 255 for one in colour)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """How well two colours are told apart, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def texts_of(strips: Iterable[Strip]) -> Iterator[tuple[Segment, float]]:
    """Each piece of text with its contrast; frames and bars are no text."""
    for strip in strips:
        for segment in strip:
            style = segment.style
            if style is None or not set(segment.text.strip()) - _DRAWN:
                continue
            if style.color and style.bgcolor:
                ink, ground = style.color.get_truecolor(), style.bgcolor.get_truecolor()
                yield segment, contrast(ink, ground)
