"""What is wrong with a form's source, as Typst tells it, in a few words with the line."""

from __future__ import annotations

import re

from clerk.errors import InputError
from exports.papers.sources import MAIN

_PLACE = re.compile(r"┌─ (?P<file>[^:\n]+):(?P<line>\d+):(?P<column>\d+)")
_MESSAGE = re.compile(r"error: (?P<message>[^\n]+)")
_LONGEST = 200


def tell_fault(diagnostic: str, form: str) -> InputError:
    """An InputError `form.wrong` with file, line, column and Typst's own words.

    The words name what stands in the source, never what was to be printed. `file` is the form
    itself, or whatever of it is wrong that it imports.
    """
    place, message = _PLACE.search(diagnostic), _MESSAGE.search(diagnostic)
    told = message["message"] if message else diagnostic.splitlines()[0]
    file = place["file"] if place else ""
    return InputError(
        "form.wrong",
        file=form if file in {"", MAIN} else file,
        line=int(place["line"]) if place else 0,
        column=int(place["column"]) if place else 0,
        told=told[:_LONGEST],
    )
