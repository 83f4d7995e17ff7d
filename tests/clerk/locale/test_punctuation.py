"""Names in a row have the marks of the language spoken."""

from __future__ import annotations

import pytest

from clerk.locale import listed, use_language
from clerk.locale.punctuation import bracketed, in_turn, labelled


@pytest.mark.parametrize(
    ("spoken", "told"),
    [
        ("en", ["营业执照, 身份证", "a; b", "Missing: 身份证", "承办 (Handler)"]),
        ("zh_CN", ["营业执照、身份证", "a；b", "Missing：身份证", "承办（Handler）"]),
    ],
)
def test_marks_are_those_of_the_language(spoken: str, told: list[str]) -> None:
    use_language(spoken)
    names = ("营业执照", "身份证")
    said = [listed(names), in_turn("ab"), labelled("Missing", names[1])]
    assert [*said, bracketed("承办", "Handler")] == told
    use_language("en")
