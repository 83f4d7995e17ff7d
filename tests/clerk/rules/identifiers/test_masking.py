"""Masking hides enough, always, and scrubbing leaves our own identifiers alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk.rules.identifiers.masking import (
    looks_like_identifier,
    mask_identifier,
    mask_phone,
    scrub,
)
from tests.support.people import a_person, resident_numbers, social_credit_codes

MASKED = [
    ("620199199003071234", "620199********1234"),
    ("62019919900307123x", "620199********123X"),
    ("620199 19900307 1234", "620199********1234"),
    ("620199900307123", "62***********23"),
    ("E12345678", "E1*****78"),
    ("12345678", "1******8"),
    ("1234", "****"),
    ("", ""),
]


@pytest.mark.parametrize(("number", "masked"), MASKED)
def test_masks_an_identifier(number: str, masked: str) -> None:
    assert mask_identifier(number) == masked


PHONES = [
    ("15400001234", "154****1234"),
    ("+86 154 0000 1234", "154****1234"),
    ("8615400001234", "154****1234"),
    ("0931-1234567", "09*******67"),
]


@pytest.mark.parametrize(("number", "masked"), PHONES)
def test_masks_a_phone(number: str, masked: str) -> None:
    assert mask_phone(number) == masked
    assert mask_phone(masked) == masked


@given(st.text(max_size=40))
def test_masking_leaves_at_most_10_characters_and_never_the_whole(text: str) -> None:
    masked = mask_identifier(text)
    left = len(masked) - masked.count("*")
    assert left <= 10
    assert left <= len(masked) * 10 / 18
    assert mask_identifier(masked) == masked


SCRUBBED = [
    ("id=620199199003071234.", "id=620199********1234."),
    ("身份证620199199003071234号", "身份证620199********1234号"),
    ("620199-19900307-123x", "620199********123X"),
    ("a620199199003071239", "a620199********1239"),
    ("tel 15400001234,", "tel 154****1234,"),
    ("+86 154-0000-1234", "154****1234"),
    ("620199900307123", "62***********23"),
    ("USA621190030710", "US***********10"),
    ("H12345678", "H1*****78"),
    ("916201990000000000", "916201********0000"),
    ("91620199MA0000000L", "916201********000L"),
    ("62019919900307123456", "62****************56"),
]


@pytest.mark.parametrize(("text", "clean"), SCRUBBED)
def test_scrubs(text: str, clean: str) -> None:
    assert scrub(text) == clean
    assert looks_like_identifier(text)
    assert not looks_like_identifier(clean)


@pytest.mark.parametrize(
    "text",
    [
        "case 261123012000427 at 2026-11-23T10:11:12.123456+08:00",
        "0199a1b2-1234-7123-8123-115400001234",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b93415400001234b7852b",
        "elapsed_ms=1234 rows=1202",
        "〔2026〕12号",
    ],
)
def test_leaves_our_own_identifiers_alone(text: str) -> None:
    assert scrub(text) == text


around = st.text(alphabet="0123456789Xx -:，号ab*", max_size=12)


@given(around, resident_numbers(), around)
def test_no_resident_number_survives_in_a_text(before: str, number: str, after: str) -> None:
    assert number not in scrub(before + number + after)


@given(around, social_credit_codes())
def test_no_credit_code_survives_after_a_space(before: str, code: str) -> None:
    assert code not in scrub(f"{before} {code} ")


@given(around, st.integers(0, 10**8 - 1), st.sampled_from(["", "，", " ", "x"]))
def test_no_phone_survives(before: str, tail: int, after: str) -> None:
    phone = f"154{tail:08d}"
    assert phone not in scrub(f"{before},{phone}{after}")


@given(st.lists(st.one_of(around, resident_numbers(), social_credit_codes())))
def test_scrubbing_twice_changes_nothing(parts: list[str]) -> None:
    once = scrub("".join(parts))
    assert scrub(once) == once


def test_a_generated_phone_is_scrubbed() -> None:
    assert a_person().phone not in scrub(a_person().phone)
