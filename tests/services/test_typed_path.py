"""What is typed as a path is taken as somebody means it, and whatever it is, nothing breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from clerk.errors import InputError
from services.bootstrap import Desk
from services.typed_path import is_file, path_of


def test_a_path_is_taken_as_it_is_meant() -> None:
    assert path_of(" '/tmp/a b.pdf' ") == Path("/tmp/a b.pdf")  # noqa: S108 - never opened
    assert path_of("~/a.pdf") == Path.home() / "a.pdf"
    assert path_of("~nobody-has-this-name/a.pdf") == Path("~nobody-has-this-name/a.pdf")


def test_what_is_too_long_for_a_path_is_no_file(tmp_path: Path) -> None:
    assert not is_file(Path("9" * 5000))
    assert not is_file(tmp_path)
    assert is_file(Path(__file__))


@pytest.mark.parametrize("text", ["9" * 1000, "https://[licences?n=1", "~nobody-has-this-name", ""])
def test_what_is_no_licence_is_told_in_words(desk: Desk, text: str) -> None:
    with pytest.raises(InputError, match=r"verification\.unreadable"):
        desk.verification.verify(text)
