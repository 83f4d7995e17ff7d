"""The desk's log: a file of its own, its owner's only, and not without end."""

from __future__ import annotations

import json
import logging
import stat

import pytest

from clerk.log import write_event
from services.log_file import MOST_BYTES, logging_of
from services.profile import get_profile

_log = logging.getLogger("services.test")


def test_events_go_into_the_file_and_not_onto_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    profile = get_profile("w1")
    with logging_of(profile):
        write_event(_log, "case.opened", case_id="c1")
    (line,) = profile.log.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["event"] == "case.opened"
    assert stat.S_IMODE(profile.log.stat().st_mode) == 0o600
    assert capsys.readouterr() == ("", "")


def test_a_long_log_is_put_aside() -> None:
    profile = get_profile("w1")
    profile.log.write_bytes(b"x" * (MOST_BYTES + 1))
    with logging_of(profile):
        write_event(_log, "desk.opened")
    assert len(profile.log.read_text(encoding="utf-8").splitlines()) == 1
    assert profile.log.with_suffix(".old.log").stat().st_size == MOST_BYTES + 1
