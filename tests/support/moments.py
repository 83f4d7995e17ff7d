"""Moments for tests, written as a person would: "2025-03-03" or "2025-03-03 16:00"."""

from __future__ import annotations

from datetime import datetime

from clerk.clock import OFFICE_ZONE


def at(text: str) -> datetime:
    """A moment in the office's zone; a bare date is taken at ten in the morning."""
    return datetime.fromisoformat(text if " " in text else f"{text} 10:00").replace(
        tzinfo=OFFICE_ZONE
    )
