"""Names and telephone numbers: what is plainly none is not taken for one."""

from __future__ import annotations

import pytest

from clerk.rules.reaching import is_name, is_phone


@pytest.mark.parametrize("text", ["马丽", "O'Brien", "阿·买买提", "365便利店", "Żółć"])
def test_a_name(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize("text", ["", " ", "123456", "…", "-"])
def test_no_name(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "13800000000",
        "0931-8888888",
        "+852 2123 4567",
        "(0931) 888 8888 转 12",
        "12345",
        "1 2 3 4 5",
    ],
)
def test_a_telephone_number(text: str) -> None:
    assert is_phone(text)


@pytest.mark.parametrize(
    "text", ["", "马丽", "1380000y000", "110", "13800000000; 13900000000", "+"]
)
def test_no_telephone_number(text: str) -> None:
    assert not is_phone(text)
