"""Try a changed form before it is kept: every specimen is set with it (文书样式)."""

from __future__ import annotations

from collections.abc import Mapping

from clerk.errors import InputError
from clerk.locale import listed
from exports.papers.render import render
from exports.papers.sources import read_shipped
from exports.papers.specimens import FORMS, specimens

_LONGEST = 200_000


def try_forms(own: Mapping[str, bytes], changed: str) -> None:
    """Set all specimens that a changed source may touch, beside what the office has changed.

    Raises InputError `form.unknown` for a name that is none, `form.too_long`, and `form.wrong`
    with file and line.
    """
    names = {f"{form.template}.typ" for form in FORMS}
    shared = set(read_shipped()) - names - {"licence.typ", "seal_mark.typ"}
    if changed not in names | shared:
        raise InputError("form.unknown", file=changed, names=listed(sorted(names | shared)))
    if len(own[changed]) > _LONGEST:
        raise InputError("form.too_long", file=changed)
    for form in FORMS:
        if changed in shared or changed == f"{form.template}.typ":
            for paper in specimens(form):
                render(paper, own=own)
