"""The edge of a command line: whatever ends a command is told in words, never as a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from clerk.errors import CancelledError, ClerkError

INTERRUPTED = 130
PIPE_CLOSED = 141
"""As a shell counts what a signal has ended."""

_ROOT = Path(__file__).parents[1]
_PACKAGES = ("clerk", "services", "storage", "exports", "screens", "central")


def run_command(program: str, run: Callable[[], int]) -> int:
    """Run a command; the exit status says too whether it went well."""
    try:
        try:
            return run()
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _let_go_of_output()
        return PIPE_CLOSED
    except Exception as error:  # noqa: BLE001 - its own message and trace may speak of people
        if isinstance(error, OSError):
            _let_go_of_output()
        _complain(program, *_words_of(error))
        return INTERRUPTED if isinstance(error, CancelledError) else 1


def _words_of(error: Exception) -> tuple[str, Mapping[str, object]]:
    """The code and parameters that it is told with."""
    if isinstance(error, ClerkError):
        return error.code, error.parameters
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
        return "system.refused", {"file": error.filename or "-", "reason": reason}
    return "command.failed", {"error": type(error).__name__, "place": _place_of(error)}


def _place_of(error: Exception) -> str:
    """The file and line of ours that it came from: nothing of what was at work there."""
    import traceback

    steps = [(Path(one.filename), one.lineno) for one in traceback.extract_tb(error.__traceback__)]
    ours = [(file.relative_to(_ROOT), line) for file, line in steps if file.is_relative_to(_ROOT)]
    own = [(file, line) for file, line in ours if file.parts[0] in _PACKAGES]
    return ":".join(map(str, own[-1])) if own else "-"


def _complain(program: str, code: str, parameters: Mapping[str, object]) -> None:
    # A command that goes well needs no word of this, and a window is there sooner without.
    from clerk.locale.problems import tell

    sys.stderr.write(f"{program}: {tell(code, parameters)}\n")


def _let_go_of_output() -> None:
    """Nobody takes what is still to be written: Python would complain of it on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
