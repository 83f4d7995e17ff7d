"""What is left of a text that somebody pasted."""

from __future__ import annotations

import pytest

from clerk.text import keep_printable


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("陈大文", "陈大文"),
        ("临川口市 解放路1号", "临川口市 解放路1号"),
        ("\x1b[31m陈\x1b]0;title\x07", "[31m陈]0;title"),
        ("陈\x9b31m", "陈31m"),
        ("陈\x00\x7f大文", "陈大文"),
        ("\u202e陈\u2066大文\ufeff", "陈大文"),
        ("陈\udcff", "陈"),
        ("第一行\r\n  第二行\t末\n", "第一行 第二行 末"),
        ("ئە\u200cي", "ئە\u200cي"),
        ("𠮷\u3000田", "𠮷\u3000田"),
        ("\x1b", ""),
    ],
)
def test_only_what_can_be_seen_is_kept(typed: str, kept: str) -> None:
    assert keep_printable(typed) == kept
