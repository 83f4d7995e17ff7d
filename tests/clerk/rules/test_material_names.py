"""Which names of materials are one, near, or of no paper at all."""

from __future__ import annotations

import pytest

from clerk.rules.material_names import group_same, is_catch_all, near_pairs, plain_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("身份证（复印件）", "身份证复印件"),
        ("施工合同 ", "施工合同（原件）"),
        ("ＡＢ图", "ab图"),
    ],
)
def test_marks_and_copies_make_no_other_paper(one: str, other: str) -> None:
    assert plain_name(one) == plain_name(other)
    assert list(group_same([one, other]).values()) == [tuple(sorted([one, other]))]


def test_what_stands_for_anything_is_no_paper() -> None:
    assert is_catch_all("法律、行政法规规定的其他材料")
    assert not is_catch_all("施工合同")
    assert not group_same(["法律、行政法规规定的其他材料", "（原件）"])


def test_near_names_the_nearest_first_and_far_ones_not_at_all() -> None:
    names = ["建设工程规划许可证附图", "建设工程规划许可证及附图", "施工图设计文件", "中标通知书"]
    (pair,) = near_pairs(names)
    assert {pair.first, pair.second} == set(names[:2])
    assert 0.9 < pair.likeness < 1
