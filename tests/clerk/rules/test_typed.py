"""What was typed at full width, or as a date without dashes, is read as it was meant."""

from __future__ import annotations

import pytest

from clerk.rules.typed import fold_width, is_meant, tidy_date


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("１３８００１３８０００", "13800138000"),
        ("１１０１０１Ｘ", "110101X"),
        ("（０１０）", "(010)"),
        ("王红", "王红"),
    ],
)
def test_full_width_is_folded_in_its_place(typed: str, meant: str) -> None:
    assert fold_width(typed) == meant
    assert len(fold_width(typed)) == len(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("20260105", "2026-01-05"),
        ("２０２６０１０５", "2026-01-05"),
        ("2026.01.05", "2026-01-05"),
        ("2026/01/05", "2026-01-05"),
        ("2026年01月05日", "2026-01-05"),
        ("2026-01-05", "2026-01-05"),
        ("2026.1", "2026.1"),
        ("2026010", "2026010"),
        ("20260230", "20260230"),
    ],
)
def test_a_whole_date_is_tidied_and_nothing_else_is(typed: str, meant: str) -> None:
    assert tidy_date(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", True),
        ("260601001", True),
        ("Wang 食品", True),
        ("wang 公司", False),
        ("260601 001 00001", True),
        ("00001 260601", False),
        ("ｗａｎｇ ２６０６", True),
    ],
)
def test_each_word_that_is_typed_stands_in_a_row_that_is_meant(typed: str, *, meant: bool) -> None:
    assert is_meant(["260601 001 00001 2", "食品经营许可", "Wang"], typed) is meant
