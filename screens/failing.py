"""A window that fails: logged without what it held, and told in words once the terminal is back.

Textual would print its trace with every variable in it: names, ID numbers and passphrases would
stay in the terminal, for whoever scrolls back.
"""

from __future__ import annotations

import logging
from typing import Any, TypeVar

from textual.app import App
from textual.worker import WorkerFailed

from clerk.errors import ClerkError
from clerk.log import write_failure

T = TypeVar("T")
_log = logging.getLogger("clerk.screens")


class DiscreetApp(App[T]):
    """An application that leaves nothing behind in the terminal it ran in."""

    def run(self, **given: Any) -> T | None:  # noqa: ANN401 - whatever Textual's own takes
        """Run until it is left. Raises ClerkError `desk.failed` where it failed instead."""
        answer = super().run(**given)
        if self._exception is not None:
            raise ClerkError("desk.failed")
        return answer

    def _handle_exception(self, error: Exception) -> None:
        """Keep it for `run`, and log where it happened."""
        known = error.error if isinstance(error, WorkerFailed) else error
        write_failure(_log, "window.failed", known)
        super()._handle_exception(error)

    def panic(self, *_renderables: Any) -> None:  # noqa: ANN401 - whatever Textual's own takes
        """End, and show none of it."""
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        """End, and show nothing of where it happened."""
        self.bell()
        self._close_messages_no_wait()
