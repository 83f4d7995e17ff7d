"""Which characters the fonts hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from exports.papers import fonts


def test_shipped_font_holds_the_rare_characters_of_the_national_list() -> None:
    shipped = fonts.read_shipped()
    assert all(character in shipped for character in "张㛃䶮龑𬭚𫍯〔〕（）—")
    assert "𠮷" not in shipped
    assert "\u0001" not in shipped


def test_lacking_characters_are_named_once_and_spaces_never() -> None:
    assert fonts.find_lacking("𠮷𠮷 张\u200b\n") == ["𠮷"]


def test_older_fonts_are_read_too() -> None:
    system = list(Path("/usr/share/fonts").rglob("DejaVuSans.ttf"))
    if not system:
        pytest.skip("DejaVu Sans is not installed on this machine")
    coverage = fonts.read_coverage(system[0])
    assert "A" in coverage
    assert "中" not in coverage
