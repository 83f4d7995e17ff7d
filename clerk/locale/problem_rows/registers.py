"""What may be wrong with asking a register of others, and with looking somebody up."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import TELL, Row

_NOTHING_SHOWN = mark("Nothing of the answer is shown; it is on record that it was no good.")
_TO_BE_CHECKED = mark("It is marked as to be checked; the case remembers that.")
_ASK_PAPER = mark("Go by the paper, or look again later with F5.")
_NOBODY = mark("Nobody was looked up.")
_LATER = mark("Look again later with F5.")

REGISTERS: dict[str, Row] = {
    "applicant.number_old": (
        mark("This is an old number of an organisation; the unified code has replaced it."),
        mark("Nobody was looked up, and it is on record."),
        mark("Ask for the present licence and type the 18 characters of its code."),
    ),
    "lookup.other_number": (
        mark("This is not the number that the look was made for."),
        _NOBODY,
        mark("Look the number up anew."),
    ),
    "lookup.over": (
        mark("This look was made too long ago."),
        _NOBODY,
        mark("Look up anew with F5."),
    ),
    "lookup.unknown": (
        mark("Central does not know this look of yours."),
        _NOBODY,
        mark("Look up anew with F5."),
    ),
    "register.address": (
        mark("The register's address is not one that its description allows."),
        _TO_BE_CHECKED,
        TELL,
    ),
    "register.busy": (
        mark("Too many are asking this register just now."),
        _TO_BE_CHECKED,
        _LATER,
    ),
    "register.credential": (
        mark("Central has no credential for this register."),
        _TO_BE_CHECKED,
        TELL,
    ),
    "register.description": (
        mark("The description of the register {register} is wrong at “{at}”."),
        mark("Nothing was changed."),
        mark("See the administrator's guide for what a description holds."),
    ),
    "register.down": (
        mark("The register does not answer."),
        _TO_BE_CHECKED,
        _ASK_PAPER,
    ),
    "register.late": (
        mark("The register took too long to answer."),
        _TO_BE_CHECKED,
        _ASK_PAPER,
    ),
    "register.nonsense": (
        mark("The register answered something that nobody can read."),
        _NOTHING_SHOWN,
        mark("Go by the paper, and tell the administrator."),
    ),
    "register.not_asked": (
        mark("The register was not asked."),
        _TO_BE_CHECKED,
        mark("Whoever has the case looks it up from its page."),
    ),
    "register.not_needed": (
        mark("For these items your work needs nothing of “{register}”."),
        _NOBODY,
        "",
    ),
    "register.old_code": (
        mark("The register holds the organisation under an old code, which may be another's."),
        _NOTHING_SHOWN,
        mark("Compare the old code on the licence, and tell the register's office."),
    ),
    "register.other_person": (
        mark("The register answered with another person's data."),
        _NOTHING_SHOWN,
        mark("Go by the paper; compare number and name with the document."),
    ),
    "register.redirected": (
        mark("The register sent us to another address, where we do not go."),
        _TO_BE_CHECKED,
        TELL,
    ),
    "register.refused": (
        mark("The register does not let central in."),
        _TO_BE_CHECKED,
        TELL,
    ),
    "register.resting": (
        mark("The register failed several times in a row and is left alone for a moment."),
        _TO_BE_CHECKED,
        _LATER,
    ),
    "register.too_large": (
        mark("The register's answer was far too large."),
        _NOTHING_SHOWN,
        TELL,
    ),
    "register.two_people": (
        mark("The register holds two people under this number."),
        _NOTHING_SHOWN,
        mark("Go by the paper, and tell the register's office."),
    ),
    "register.unknown": (
        mark("There is no register “{register}”, or it is not asked at present."),
        _NOBODY,
        "",
    ),
}
