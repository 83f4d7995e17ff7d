"""What central concluded about a command, and what a refusal tells."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """Why something may not be: a code with parameters, and the field it is about.

    Parameters are shown to the person who asked; they hold no ID number.
    """

    code: str
    parameters: dict[str, str] = {}
    field: str = ""


class Conclusion(StrEnum):
    """What became of a command at central."""

    APPLIED = "applied"
    REFUSED = "refused"
    CONFLICT = "conflict"
    NEEDS_UPGRADE = "needs_upgrade"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The stored answer to one command; every repeat of the command gets the same.

    `version` is the case's version after it; `changed_by` names who moved the case where a
    stale command met a conflict.
    """

    n: int
    command: str
    conclusion: Conclusion
    version: int = 0
    refusal: Refusal | None = None
    changed_by: str = ""
