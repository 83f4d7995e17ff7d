"""Set a form with Typst: its data travels as JSON, never as Typst source.

So no name, however odd (`#`, `$`, `[`), can be taken for markup or code.
"""

from __future__ import annotations

import functools
import re
import threading
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from clerk.files import write_atomic
from clerk.rules.numbers import CASE_NUMBER_LENGTH, spaced
from exports.papers import fonts
from exports.papers.codes import draw_code128, draw_qr
from exports.papers.faults import tell_fault
from exports.papers.forms import Paper
from exports.papers.licences import LicencePaper
from exports.papers.sources import NO_OWN, gather, read_shipped

if TYPE_CHECKING:
    import typst

_LONG = 24
_LONG_WORD = re.compile(rf"[!-~]{{{_LONG},}}")
_BREAK = "\u200b"
_BREAK_EVERY = 12
_PREVIEW_DPI = 110

_lock = threading.Lock()
"""A compiler serves one thread at a time."""


def render(paper: Paper, *, practice: bool = False, own: Mapping[str, bytes] = NO_OWN) -> bytes:
    """The form as a PDF, with its fonts embedded as subsets; one of a practice bears that word.

    `own` are the office's forms by file name. Raises InputError `form.wrong` where one of them is.
    """
    return _compile(paper, "pdf", practice=practice, own=own)[0]


def render_to(paper: Paper, path: Path, *, practice: bool = False) -> None:
    """Write the form as a PDF file, whole or not at all."""
    write_atomic(path, render(paper, practice=practice))


def prepare() -> None:
    """Load what the first form of a process would wait for; a desk does it in the background."""
    draw_code128("0")
    draw_qr("0")
    fonts.read_shipped()
    read_shipped()
    get_compiler(with_system_fonts=False)


def render_pictures(
    paper: Paper,
    dots_per_inch: int = _PREVIEW_DPI,
    own: Mapping[str, bytes] = NO_OWN,
) -> list[bytes]:
    """Each page as a PNG, for a preview and for looking a form over."""
    return _compile(paper, "png", dots_per_inch, own=own)


def _compile(
    paper: Paper,
    kind: Literal["pdf", "png"],
    dots_per_inch: int = _PREVIEW_DPI,
    *,
    practice: bool = False,
    own: Mapping[str, bytes] = NO_OWN,
) -> list[bytes]:
    """Run Typst over the form's template."""
    data = msgspec.to_builtins(paper, builtin_types=(date, datetime))
    lacking = fonts.find_lacking(_join_text(data))
    nowhere = {character for character in lacking if not fonts.find_in_system(character)}
    shown = _make_printable(data, frozenset(nowhere))
    assert isinstance(shown, dict), "a form is a struct"
    shown |= {"practice": practice, "copies": paper.copies, "codes": _draw_codes(paper)}
    shown["links"] = [{"qr": draw_qr(one)} for one in paper.links]
    sources = gather(paper.template, msgspec.json.encode(shown), own)
    with _lock:
        pages = _set(paper, sources, kind, dots_per_inch, with_system_fonts=bool(lacking))
    return pages if isinstance(pages, list) else [pages]


def _set(
    paper: Paper,
    sources: dict[str, bytes],
    kind: Literal["pdf", "png"],
    dots_per_inch: int,
    *,
    with_system_fonts: bool,
) -> bytes | list[bytes]:
    compiler = get_compiler(with_system_fonts=with_system_fonts)
    from typst import TypstError

    try:
        pages: bytes | list[bytes] | None = compiler.compile(
            input=sources,  # type: ignore[type-var] # files by name, which the stubs leave out
            format=kind,
            ppi=dots_per_inch,
            pdf_tags=False,
        )
    except TypstError as error:
        told = str(error.diagnostic or error.message)
        raise tell_fault(told, f"{paper.template}.typ") from error
    assert pages is not None, "without an output file Typst returns what it made"
    return pages


@functools.cache
def get_compiler(*, with_system_fonts: bool) -> typst.Compiler:
    """The compiler with its fonts read; the machine's own fonts only where a name needs them."""
    import typst

    return typst.Compiler(
        font_paths=[str(fonts.get_folder())],
        ignore_system_fonts=not with_system_fonts,
    )


def _draw_codes(paper: Paper) -> list[dict[str, str]]:
    """Both codes of each number in their order, and the number in groups for reading out."""
    if isinstance(paper, LicencePaper):
        return [{"qr": draw_qr(paper.qr)}]
    return [
        {
            "code128": draw_code128(one),
            "qr": draw_qr(one),
            "caption": spaced(one) if len(one) == CASE_NUMBER_LENGTH else one,
        }
        for one in paper.codes
    ]


def _join_text(data: object) -> str:
    """All text of a form, to ask the fonts about it."""
    match data:
        case str():
            return data
        case dict():
            return "".join(_join_text(value) for value in data.values())
        case list() | tuple():
            return "".join(_join_text(value) for value in data)
        case _:
            return ""


def _make_printable(data: object, nowhere: frozenset[str]) -> object:
    """The same data with every text as it can be printed."""
    match data:
        case str():
            return _make_text_printable(data, nowhere)
        case dict():
            return {key: _make_printable(value, nowhere) for key, value in data.items()}
        case list() | tuple():
            return [_make_printable(value, nowhere) for value in data]
        case _:
            return data


def _make_text_printable(text: str, nowhere: frozenset[str]) -> str:
    """Name what no font holds by its code point, drop controls, let a long word break."""
    if not nowhere and text.isprintable():
        return _LONG_WORD.sub(_break_word, text) if len(text) >= _LONG else text
    shown = "".join(
        f"〔U+{ord(character):04X}〕" if character in nowhere else character
        for character in text
        if character == "\n" or unicodedata.category(character) != "Cc"
    )
    return _LONG_WORD.sub(_break_word, shown)


def _break_word(word: re.Match[str]) -> str:
    """Allow a line to end inside a word that no line holds."""
    text = word.group()
    pieces = (text[place : place + _BREAK_EVERY] for place in range(0, len(text), _BREAK_EVERY))
    return _BREAK.join(pieces)
