"""Where paper goes: a printer of the system, through its own program, or a folder.

CUPS is spoken to with `lp`; Windows with the shell's print verb, which the program that shows
PDFs carries out. Which one it is, the platform says and nobody else.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from clerk.contract.printing import Outlet, Sheet
from clerk.errors import StoreError
from clerk.files import write_atomic

_WAIT_S = 60.0
_LONGEST_REASON = 200
_WINDOWS = "win32"


def print_sheets(sheets: Sequence[Sheet], outlet: Outlet, platform: str = sys.platform) -> None:
    """Print papers as one job, each as often as it wants.

    Raises StoreError `print.failed` with the printer's own words, or `print.no_program`.
    """
    if not outlet.printer:
        _lay_into(Path(outlet.folder), sheets)
        return
    with tempfile.TemporaryDirectory(prefix="clerk-print-") as folder:
        paths = [Path(folder) / f"{place:03d}-{one.name}" for place, one in enumerate(sheets)]
        for path, one in zip(paths, sheets, strict=True):
            write_atomic(path, one.pdf)
        copies = [one.copies for one in sheets]
        for command in commands_for(outlet.printer, paths, copies, platform):
            _run(command, outlet.printer)


def commands_for(
    printer: str, paths: Sequence[Path], copies: Sequence[int], platform: str
) -> list[list[str]]:
    """The programs to run: `lp` once for all files, so that they are one job of the printer."""
    if platform == _WINDOWS:
        return [
            _print_verb(printer, path)
            for path, count in zip(paths, copies, strict=True)
            for _nth in range(count)
        ]
    files = [str(path) for path, count in zip(paths, copies, strict=True) for _nth in range(count)]
    return [["lp", "-d", printer, "-t", "clerk", "--", *files]]


def _print_verb(printer: str, path: Path) -> list[str]:
    """PowerShell's way to the verb; what is quoted so holds no code, whatever it is."""
    named = _quoted('"' + printer + '"')
    script = (
        f"Start-Process -FilePath {_quoted(str(path))} -Verb PrintTo "
        f"-ArgumentList {named} -WindowStyle Hidden -Wait"
    )
    return ["powershell", "-NoProfile", "-NonInteractive", "-Command", script]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _run(command: list[str], printer: str) -> None:
    try:
        ended = subprocess.run(  # noqa: S603 - a list of arguments, and no shell
            command, capture_output=True, timeout=_WAIT_S, check=False
        )
    except FileNotFoundError as error:
        raise StoreError("print.no_program", program=command[0]) from error
    except subprocess.TimeoutExpired as error:
        raise StoreError("print.failed", printer=printer, reason="…") from error
    if ended.returncode:
        told = (ended.stderr or ended.stdout).decode(errors="replace").strip()
        last = told.splitlines()[-1] if told else str(ended.returncode)
        raise StoreError("print.failed", printer=printer, reason=last[:_LONGEST_REASON])


def _lay_into(folder: Path, sheets: Sequence[Sheet]) -> None:
    """Whole files; one of a name that lies there already gets a number behind it."""
    try:
        for one in sheets:
            write_atomic(_free(folder, one.name), one.pdf)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError("print.failed", printer=str(folder), reason=reason) from error


def _free(folder: Path, name: str) -> Path:
    path, nth = folder / name, 1
    while path.exists():
        nth += 1
        path = folder / f"{Path(name).stem}-{nth}{Path(name).suffix}"
    return path
