"""The forms in which item codes come; they are kept verbatim, and only looked at here."""

from __future__ import annotations

import re
from enum import StrEnum

_PROVINCIAL = re.compile(
    r"[0-9A-Z]+(?:-[0-9A-Z]+){0,2}-\d{12}-\d{3}-(?P<subject>[0-9A-Z]{8}-[0-9X]|[0-9A-Z]+)-\d-\d{2}"
)
_OLD_PROVINCIAL = re.compile(r"[A-Z]-\d{6}-\d{3}-(?P<subject>[0-9A-Z]+)")
_NATIONAL = re.compile(r"(?P<subject>[0-9A-Z]{18})\d[0-9A-Z]{12}(?:\d{2})?")
_CATALOGUE = re.compile(r"(?P<subject>)\d{12}")


class CodeForm(StrEnum):
    """How a code is built."""

    PROVINCIAL = "provincial"
    """Catalogue code, region, 000, body, version, 00, with hyphens between."""
    OLD_PROVINCIAL = "old_provincial"
    NATIONAL = "national"
    """Implementation code: body 18, level 1, catalogue code 12, and handle item 2 or nothing."""
    CATALOGUE = "catalogue"
    OTHER = "other"


_FORMS = (
    (CodeForm.PROVINCIAL, _PROVINCIAL),
    (CodeForm.OLD_PROVINCIAL, _OLD_PROVINCIAL),
    (CodeForm.NATIONAL, _NATIONAL),
    (CodeForm.CATALOGUE, _CATALOGUE),
)


def read_code(code: str) -> tuple[CodeForm, str]:
    """The form of a code and the body that it names, empty where it names none."""
    for form, pattern in _FORMS:
        found = pattern.fullmatch(code)
        if found is not None:
            return form, found["subject"]
    return CodeForm.OTHER, ""
