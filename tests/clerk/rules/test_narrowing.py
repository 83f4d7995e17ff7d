"""A list is narrowed by Chinese, by initials and by pinyin; what fits best stands first."""

from __future__ import annotations

import pytest

from clerk.rules.narrowing import narrow

OFFICES = ("市财政局", "市残疾人联合会", "市城市管理委员会", "市公安局", "Report of clerks")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["市财政局", "市残疾人联合会", "市城市管理委员会", "市公安局", "Report of clerks"]),
        (" ", ["市财政局", "市残疾人联合会", "市城市管理委员会", "市公安局", "Report of clerks"]),
        ("残", ["市残疾人联合会"]),
        ("sc", ["市财政局", "市残疾人联合会", "市城市管理委员会"]),
        ("canji", ["市残疾人联合会"]),
        ("gaj", ["市公安局"]),
        ("CLERK", ["Report of clerks"]),
        ("zz", []),
    ],
)
def test_what_fits_is_left(query: str, found: list[str]) -> None:
    left = [OFFICES[place] for place in narrow(query, OFFICES)]
    assert left == found if not query.strip() else set(left) == set(found)


def test_what_begins_so_stands_before_what_holds_it() -> None:
    assert narrow("公安", ("市公安局", "公安分局")) == [1, 0]
