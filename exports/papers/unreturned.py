"""A paper that the office lost or damaged, on a form that tells what is given back."""

from __future__ import annotations

import msgspec

from clerk.contract.custody import Mishap, PaperForm


class UnreturnedPaper(msgspec.Struct, frozen=True, kw_only=True):
    """So many of one paper, and the notice of its loss; without one it is only reported so far."""

    name: str
    form: PaperForm
    count: int
    mishap: Mishap
    document: str = ""
