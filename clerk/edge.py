"""The edge of a command line: whatever ends a command is told in words, never as a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping

from clerk.errand import CancelledError
from clerk.errors import ClerkError

INTERRUPTED = 130
PIPE_CLOSED = 141
"""As a shell counts what a signal has ended."""


def run_command(program: str, run: Callable[[], int]) -> int:
    """Run a command; the exit status says too whether it went well."""
    try:
        try:
            return run()
        finally:
            sys.stdout.flush()
    except CancelledError as problem:
        _complain(program, problem.code, problem.parameters)
        return INTERRUPTED
    except ClerkError as problem:
        return _complain(program, problem.code, problem.parameters)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _let_go_of_output()
        return PIPE_CLOSED
    except OSError as error:
        _let_go_of_output()
        what = {"file": error.filename or "-", "reason": error.strerror or str(error)}
        return _complain(program, "system.refused", what)


def _complain(program: str, code: str, parameters: Mapping[str, object]) -> int:
    # A command that goes well needs no word of this, and a window is there sooner without.
    from clerk.locale.problems import tell

    sys.stderr.write(f"{program}: {tell(code, parameters)}\n")
    return 1


def _let_go_of_output() -> None:
    """Nobody takes what is still to be written: Python would complain of it on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
