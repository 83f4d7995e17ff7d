"""httpx as a desk needs it: without its command line, whose libraries take 2.8 MiB of memory.

httpx does without what it finds missing; `None` is how Python is told that a module is.
"""

from __future__ import annotations

import sys

sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]

import httpx  # noqa: E402 - what it is to find missing had to be said before

__all__ = ["httpx"]
