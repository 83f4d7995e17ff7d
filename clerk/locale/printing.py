"""Jobs of the print queue in words, for a screen and for the command line."""

from __future__ import annotations

from clerk.clock import OFFICE_ZONE
from clerk.contract.printing import PrintJob, PrintState
from clerk.locale import _, mark

_STATES = {
    PrintState.WAITING: mark("waiting"),
    PrintState.PRINTING: mark("printing"),
    PrintState.PRINTED: mark("printed"),
    PrintState.FAILED: mark("failed"),
    PrintState.CANCELLED: mark("cancelled"),
}
_INTERRUPTED = "interrupted"


def name_state(state: PrintState) -> str:
    """The state of a job."""
    return _(_STATES[state])


def tell_reason(job: PrintJob) -> str:
    """Why a job failed: the printer's own words, or that the desk was cut off over it."""
    if job.reason == _INTERRUPTED:
        return _("The desk was cut off while it was at the printer: look whether it came out.")
    return job.reason


def tell_papers(job: PrintJob) -> str:
    """Its papers by their names."""
    names = [name.removesuffix(".pdf") for name in job.names]
    if len(names) == 1:
        return names[0]
    return _("{name} and {count} more").format(name=names[0], count=len(names) - 1)


def tell_job(job: PrintJob) -> str:
    """One line of a job."""
    at = f"{job.at.astimezone(OFFICE_ZONE):%m-%d %H:%M}"
    parts = (str(job.n), at, name_state(job.state), tell_papers(job), job.outlet, tell_reason(job))
    return "  ".join(part for part in parts if part)
