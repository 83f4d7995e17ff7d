"""All corrections of one case on one list; the words are in the template."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import msgspec

from clerk.contract.proposal import Change
from clerk.rules.identifiers.masking import looks_like_identifier
from exports.papers.forms import Paper


class ListedCorrection(msgspec.Struct, frozen=True, kw_only=True):
    """One correction. `act` is the tag of the event that was put right; `undone`, taken back whole.

    `at_counter`: the applicant put it right on the spot (行政许可法 Art. 32(3)).
    """

    at: datetime
    by: str
    act: str
    changes: tuple[Change, ...] = ()
    reason: str = ""
    document: str = ""
    undone: bool = False
    at_counter: bool = False


class CorrectionList(Paper, frozen=True, kw_only=True):
    """更正清单: what was put right in a case, when, by whom and why."""

    template: ClassVar[str] = "correction_list"

    case_number: str
    item_name: str
    department_name: str
    applicant: str
    masked_id: str
    window: str
    printed_at: datetime
    rows: tuple[ListedCorrection, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The number of the case."""
        return (self.case_number,)

    def __post_init__(self) -> None:
        """Assert that there is something on it, and no whole ID number."""
        assert self.rows, "a list of corrections lists one"
        assert not looks_like_identifier(self.masked_id), "an ID number on paper is masked"
