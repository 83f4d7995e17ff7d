"""Fixtures of flows and bundles as data."""

from __future__ import annotations

from tests.central.imports.flows.city import city, seeded

__all__ = ["city", "seeded"]
