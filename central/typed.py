"""What is typed on the command line: a day."""

from __future__ import annotations

import argparse
from datetime import date

from clerk.locale import _


def typed_day(text: str) -> date:
    """A day, as 2026-06-01; whatever else was typed is told as it stands."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        told = _("“{text}” is no day; write it as 2026-06-01").format(text=text)
        raise argparse.ArgumentTypeError(told) from None
