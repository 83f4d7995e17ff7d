"""How far something is that takes a while, in words: on a screen and on a command line."""

from __future__ import annotations

from clerk.errand import IN_PERCENT, Phase, Progress
from clerk.locale import _, _n, mark
from clerk.rules.time_left import seconds_left

_LONG_S = 90
_MINUTE_S = 60

_PHASES = {
    Phase.FETCHING: mark("Fetching from central"),
    Phase.SENDING: mark("Sending to central"),
    Phase.INVENTING: mark("Inventing people and organisations"),
    Phase.COMPARING: mark("Comparing with central"),
    Phase.CHECKING: mark("Checking that it is whole"),
    Phase.COPYING: mark("Copying"),
    Phase.READING: mark("Reading"),
    Phase.WRITING: mark("Writing"),
    Phase.PACKING: mark("Packing"),
    Phase.SEALING: mark("Sealing"),
    Phase.SIGNING: mark("Signing"),
    Phase.SETTING: mark("Making the paper"),
    Phase.PRINTING: mark("Printing"),
    Phase.ACTS: mark("Act by act"),
    Phase.CASES: mark("Case by case"),
    Phase.PAPERS: mark("Paper by paper"),
    Phase.PAGES: mark("Page by page"),
    Phase.SCAN: mark("Fetching the scan"),
    Phase.NAMES: mark("Comparing names"),
    Phase.PASSWORDS: mark("Making passwords"),
    Phase.STEPS: mark("Bringing the database to the present schema"),
}


def tell_progress(progress: Progress, elapsed_s: float) -> str:
    """The phase, how much of it is done, and how long it still takes."""
    phase, done, total, left = progress
    told = _(_PHASES[phase])
    if not total:
        return f"{told} · {_('One moment…')}"
    if phase in IN_PERCENT:
        counted = _("{percent} %").format(percent=100 * done // total)
    else:
        counted = _("{done} of {total}").format(done=f"{done:,}", total=f"{total:,}")
    left = seconds_left(done, total, elapsed_s) if left is None else left
    return f"{told} · {counted}" + (f" · {_tell_left(left)}" if left is not None else "")


def _tell_left(left_s: int) -> str:
    if left_s < _LONG_S:
        return _n("about {count} second left", "about {count} seconds left", left_s).format(
            count=left_s
        )
    left = -(-left_s // _MINUTE_S)
    return _n("about {count} minute left", "about {count} minutes left", left).format(count=left)
