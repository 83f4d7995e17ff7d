"""Threads of a desk take their memory from one heap where glibc would give each its own."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

LOOK = """
import threading
from pathlib import Path
from services.heap import share_heap
share_heap() if {shared} else None
begun, done = threading.Barrier(9), threading.Event()
def hold():
    kept = [bytes(100_000) for _ in range(20)]
    begun.wait()
    done.wait()
for _ in range(8):
    threading.Thread(target=hold).start()
begun.wait()
sizes = [line.split()[0].split("-") for line in Path("/proc/self/maps").read_text().splitlines()
         if line.split()[1] == "---p" and len(line.split()) == 5]
done.set()
heaps = [int(end, 16) for start, end in sizes if not int(end, 16) % (1 << 26)]
print(len(heaps))
"""
"""A heap of a thread reserves 64 MiB of addresses up to a multiple of that, and uses the first."""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other libraries share theirs")
def test_threads_share_one() -> None:
    alone, shared = (heaps(shared=one) for one in (False, True))
    assert alone >= 4
    assert shared == 0


def heaps(*, shared: bool) -> int:
    code = LOOK.format(shared=shared)
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    return int(run.stdout)
