"""No text is half a sentence that stands before or behind another: no language could turn it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[3]
PO_FILE = ROOT / "clerk" / "locale" / "zh_CN" / "LC_MESSAGES" / "clerk.po"
PACKAGES = ("clerk", "storage", "exports", "services", "screens", "central")

HALF = re.compile(r"^\s*(?:[;,)]|\.(?!\.\.))|^\s+[(（](?!default)|[,，(（]\s*$")
"""It begins behind another text, or breaks off before one. What `argparse` says is its own."""

GLUED = re.compile(r"""\+=\s*\(?\s*_\(|(?:""|''|"\s"|'\s')\.join\(\s*[\[(]?\s*_\(""")
"""A text put behind others, with nothing between that parts them."""


def test_no_text_is_half_a_sentence() -> None:
    with PO_FILE.open("rb") as file:
        texts = [str(one.id) for one in read_po(file, locale="zh_CN") if one.id]
    assert len(texts) > 1000
    assert not [text for text in texts if HALF.search(text)], "in_turn, bracketed, or one sentence"


def test_no_text_is_put_behind_another() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in _sources()
        for match in GLUED.finditer(path.read_text("utf-8"))
    ]
    assert not found, "clerk.locale.punctuation puts texts in a row"


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("; until {day}", True),
        (" (belongs to {body})", True),
        ("It is asked for at each start,", True),
        (". And more", True),
        ("... and {more} more.", False),
        ("(empty)", False),
        ("Missing:", False),
        ("  bundle: {name}", False),
        ("until {day}", False),
    ],
)
def test_halves_are_told_from_wholes(text: str, *, half: bool) -> None:
    assert bool(HALF.search(text)) is half


@pytest.mark.parametrize(
    ("source", "glued"),
    [
        ('told += _("until {day}")', True),
        ('"".join((_("a"), b))', True),
        ('" ".join([_("a"), b])', True),
        ('lines += [_("a")]', False),
        ('told += " · " + _("a")', False),
        ('"\\n".join((_("a"), b))', False),
    ],
)
def test_glue_is_told_from_rows(source: str, *, glued: bool) -> None:
    assert bool(GLUED.search(source)) is glued


def _sources() -> Iterator[Path]:
    return (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
