"""One real desk in a process of its own: it bootstraps and tells what that took, as JSON."""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter, process_time

import msgspec

from bench._memory import peak_mib
from clerk.contract.sync import EntityKind
from services.bootstrap import enrol_desk, open_desk
from services.changes import Changed
from services.profile import Profile

PASSPHRASE = "of a benchmark"  # noqa: S105 - it opens nothing else


class Took(msgspec.Struct, frozen=True):
    """Seconds until the cache was in its place, CPU seconds of that, memory before and at most."""

    seconds: float
    cpu_s: float
    before_mib: float
    peak_mib: float


def profile_of(folder: Path) -> Profile:
    """A desk's profile with all its folders in one."""
    return Profile(name="bench", data=folder, config=folder, state=folder)


def main() -> None:
    """Enrol with a central, fetch everything, and end."""
    folder, address, code = sys.argv[1:]
    profile = profile_of(Path(folder))
    enrol_desk(profile, address=address, code=code, passphrase=PASSPHRASE)
    desk = open_desk(profile, passphrase=PASSPHRASE)
    before = peak_mib()
    began, began_cpu = perf_counter(), process_time()
    swapped: list[tuple[float, float]] = []

    def hear(changed: Changed) -> None:
        """A bootstrap's last page changes every kind at once."""
        if {kind.value for kind in EntityKind} <= changed.kinds:
            swapped.append((perf_counter() - began, process_time() - began_cpu))

    desk.listen(hear)
    desk.sync.run_once()
    took = Took(*swapped[0], before, peak_mib())
    desk.close()
    sys.stdout.write(msgspec.json.encode(took).decode())


if __name__ == "__main__":
    main()
