"""The memory that the threads of a desk share."""

from __future__ import annotations

import sys

_M_ARENA_MAX = -8
"""The parameter's number in glibc's malloc.h."""


def share_heap() -> None:
    """Let threads that begin from now on take memory from the heaps that are there.

    glibc gives each thread one of its own, and what was freed in it serves no other thread: pages
    of the store that readers let go of stay behind in as many heaps as there are readers. Other
    libraries of C share theirs.
    """
    if sys.platform != "linux":
        return
    import ctypes

    adjust = getattr(ctypes.CDLL(None), "mallopt", None)
    if adjust is not None:
        adjust(_M_ARENA_MAX, 1)
