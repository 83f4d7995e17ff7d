"""What is wrong or odd with an ID number, as an import or a service tells it."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import COMPARE, Row

IDENTIFIERS: dict[str, Row] = {
    "identifier.age_unlikely": (mark("The holder would be {years} years old."), "", COMPARE),
    "identifier.ambiguous": (
        mark("More than one document has such numbers."),
        "",
        mark("Say which one it is."),
    ),
    "identifier.birth_date": (
        mark("Characters {first} to {last} are no date of birth."),
        "",
        COMPARE,
    ),
    "identifier.birth_future": (
        mark("The date of birth, characters {first} to {last}, lies in the future."),
        "",
        COMPARE,
    ),
    "identifier.character": (
        mark("Character {position} of the number cannot stand there."),
        "",
        COMPARE,
    ),
    "identifier.check_digit": (
        mark("The check digit, character {position}, should be {expected} for the others."),
        "",
        mark("One character was misread or mistyped: compare all of them with the document."),
    ),
    "identifier.empty": (mark("The number is missing."), "", COMPARE),
    "identifier.form": (mark("No such document has a number of this form."), "", COMPARE),
    "identifier.kind_mismatch": (
        mark("A number of this form belongs to another document."),
        "",
        COMPARE,
    ),
    "identifier.length": (
        mark("Characters of the number: {have}; it needs {need}."),
        "",
        COMPARE,
    ),
    "identifier.old_org_code": (
        mark("Organisation codes have been replaced by the unified social credit code."),
        "",
        mark("Take the {need} characters of that."),
    ),
    "identifier.old_registration": (
        mark("Registration numbers have been replaced by the unified social credit code."),
        "",
        mark("Take the {need} characters of that."),
    ),
    "identifier.old_resident": (
        mark("A resident number of {have} digits is no longer valid."),
        "",
        mark("Take the {need} characters of the present card."),
    ),
    "identifier.region_unknown": (
        mark("Characters {first} to {last} are no region that is known."),
        mark("The number may be used."),
        mark("Take a second look."),
    ),
    "identifier.unknown": (
        mark("No document that is known has so few or so many characters: {have}."),
        "",
        COMPARE,
    ),
}
