"""Fixtures of imports on a database of its own."""

from __future__ import annotations

from tests.central.imports.flows.city import city, seeded

__all__ = ["city", "seeded"]
