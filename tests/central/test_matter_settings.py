"""How soon the office answers is its own choice, and changes nothing that came before it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from central.__main__ import main
from central.matter_settings import choose_limits
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.matter import MatterLimits
from tests.central.sync.test_matters import stored, take
from tests.support.central import MakeDesk


def test_limits_hold_for_what_is_taken_in_later(
    central: Central, make_desk: MakeDesk, clock: SettableClock
) -> None:
    window = make_desk(window="w1")
    before = take(window)
    clock.turn(timedelta(minutes=1))
    choosing = partial(choose_limits, wanted={"inquiry_answer": 3}, now=clock.now())
    assert len(central.database.commit(choosing).versions) == 1
    assert len(central.database.commit(choosing).versions) == 1, "the same again is none"
    after = take(window)
    limits = (stored(central, before).limits, stored(central, after).limits)
    assert limits == (MatterLimits(5), MatterLimits(3))


def test_the_command_line_shows_and_sets_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLERK_DATABASE", f"sqlite:///{tmp_path / 'central.db'}")

    def run(*arguments: str) -> tuple[int, str]:
        status = main(["--language", "en", *arguments])
        said = capsys.readouterr()
        return status, said.out + said.err

    run("init")
    assert "complaint-answer: 15" in run("matter-limits")[1]
    assert "complaint-answer: 10" in run("matter-limits", "--complaint-answer", "10")[1]
    assert "complaint-answer: 10" in run("matter-limits")[1]
    for wrong in ("0", "91", "x"):
        status, told = run("matter-limits", "--inquiry-answer", wrong)
        assert (status, f"“{wrong}” is no limit" in told) == (1, True)
