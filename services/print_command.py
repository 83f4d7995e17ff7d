"""`clerk print`: the print queue of a seat without its window."""

from __future__ import annotations

import sys

from clerk.contract.printing import Outlet, PrintState
from clerk.locale import _
from clerk.locale.printing import tell_job
from services.command import opened


def settle(profile_name: str, printer: str, folder: str) -> int:
    """Say where this seat prints."""
    with opened(profile_name) as desk:
        desk.printing.settle(Outlet(printer=printer, folder=folder))
        desk.printing.wait()
    where = printer or folder
    told = _("This seat prints to {outlet}.") if where else _("This seat prints nothing by itself.")
    _say(told.format(outlet=where))
    return 0


def queue(profile_name: str) -> int:
    """Tell every job; the exit status is 1 where one has failed."""
    with opened(profile_name) as desk:
        jobs, outlet = desk.printing.jobs(), desk.printing.outlet
    _say(_("Prints to: {outlet}").format(outlet=outlet.name or _("nowhere")))
    for one in jobs:
        _say(tell_job(one))
    return int(any(one.state is PrintState.FAILED for one in jobs))


def run(profile_name: str) -> int:
    """Print what waits, and say what became of it."""
    with opened(profile_name) as desk:
        desk.printing.go_on()
        desk.printing.wait()
    return queue(profile_name)


def retry(profile_name: str, n: int) -> int:
    """Print a failed job once more."""
    with opened(profile_name) as desk:
        desk.printing.retry(n)
        desk.printing.wait()
    return queue(profile_name)


def cancel(profile_name: str, n: int) -> int:
    """Take a job out of the queue."""
    with opened(profile_name) as desk:
        desk.printing.cancel(n)
    return queue(profile_name)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
