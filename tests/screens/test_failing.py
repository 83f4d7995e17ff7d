"""A window that fails leaves nothing in the terminal of what it held."""

from __future__ import annotations

import io

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Label

from clerk.errors import ClerkError
from clerk.log import logging_to
from screens.app import ClerkApp
from screens.demo import SeatApp
from screens.failing import DiscreetApp
from screens.first_run.app import FirstRun
from tests.support.people import a_person


class FailingApp(DiscreetApp[str]):
    """Fails while it holds somebody's number: by itself, or in a worker."""

    def __init__(self, *, in_worker: bool) -> None:
        super().__init__()
        self._in_worker = in_worker

    def compose(self) -> ComposeResult:
        yield Label(a_person().name)

    def on_ready(self) -> None:
        self.run_worker(self.fail()) if self._in_worker else self._fail(a_person().id_number)

    async def fail(self) -> None:
        self._fail(a_person().id_number)

    def _fail(self, number: str) -> None:
        raise ValueError(number)


@pytest.mark.parametrize("in_worker", [False, True])
def test_a_failing_window_tells_nothing_of_what_it_held(
    capfd: pytest.CaptureFixture[str], *, in_worker: bool
) -> None:
    log = io.StringIO()
    with logging_to(log), pytest.raises(ClerkError, match=r"desk\.failed"):
        FailingApp(in_worker=in_worker).run(headless=True)
    assert '"error":"ValueError"' in log.getvalue()
    assert "in _fail" in log.getvalue(), "where it happened"
    told = log.getvalue() + "".join(capfd.readouterr())
    assert a_person().id_number not in told
    assert a_person().id_number[:12] not in told
    assert a_person().name not in told


def test_each_window_is_one_of_these() -> None:
    windows: tuple[type[App[object]], ...] = (ClerkApp, SeatApp, FirstRun)  # type: ignore[assignment]
    assert all(issubclass(one, DiscreetApp) for one in windows)
