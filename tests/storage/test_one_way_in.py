"""The cache changes through the feed alone: nobody else calls what writes it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CACHES = {"cases", "items", "entities"}
WRITES = {"upsert", "write", "write_fresh", "take_fresh", "purge"}
FEED = ROOT / "storage" / "feed.py"


def calls(path: Path) -> Iterator[str]:
    """Every `cache.write` that a file speaks of."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("storage."):
            yield from (f"{(node.module or '')[8:]}.{name.name}" for name in node.names)


def test_only_the_feed_writes_the_cache() -> None:
    forbidden = {f"{cache}.{write}" for cache in CACHES for write in WRITES}
    assert len(set(calls(FEED)) & forbidden) > len(CACHES), "the feed does"
    found = {
        f"{path.relative_to(ROOT)}: {call}"
        for folder in ("clerk", "storage", "services", "screens")
        for path in (ROOT / folder).rglob("*.py")
        if path != FEED
        for call in set(calls(path)) & forbidden
    }
    assert not found
