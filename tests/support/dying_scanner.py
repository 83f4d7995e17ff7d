"""A program that is killed while it keeps and sends scans, each step told once it is kept.

For each line on stdin it forks a child that works until it is killed. Run as
`python -m tests.support.dying_scanner FILE`.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from random import Random

from clerk.contract.scan import MediaType, Scan
from storage import scans
from storage.scans import Way
from storage.store import Store
from storage.vault import RECORD_BYTES, vault_of
from tests.support.cases import MONDAY
from tests.support.dying_writer import tell
from tests.support.storage import KEY, case_id


def keep_until_killed(path: Path, round_: int) -> None:
    """Bytes first, then the row, then how far it was sent: as services.shelf and the sender do."""
    store, vault, chance = Store.open(path, KEY), vault_of(path), Random(round_)
    while True:
        data = b"%PDF-" + chance.randbytes(chance.randint(1000, 3 * RECORD_BYTES))
        sha256 = hashlib.sha256(data).hexdigest()
        scan = Scan(sha256=sha256, material="m1", media_type=MediaType.PDF.value, size=len(data))
        blob = scans.new_blob(scan, Way.DRAFTED)
        vault.write(blob, data)
        with store.begin() as conn:
            scans.add(conn, blob, MONDAY)
            scans.link_case(conn, case_id(1), scan)
        tell(f"kept {sha256} 0")
        for done in range(RECORD_BYTES, len(data), RECORD_BYTES):
            with store.begin() as conn:
                scans.note_done(conn, sha256, done)
            tell(f"kept {sha256} {done}")


def main() -> None:
    """One child after the other, each named by its process id."""
    path = Path(sys.argv[1])
    for round_, _line in enumerate(sys.stdin):
        child = os.fork()
        if child == 0:
            keep_until_killed(path, round_)
        tell(f"child {child}")
        os.waitpid(child, 0)
        tell("dead")


if __name__ == "__main__":
    main()
