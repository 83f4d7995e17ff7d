"""What keeps a licence catalogue out, what keeps a licence from being sealed or changed."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import NOTHING_READ, Row

LICENCES: dict[str, Row] = {
    "licence_type.cell": (
        mark("“{value}” says nothing that this column can hold."),
        NOTHING_READ,
        mark(
            "Write a validity as months, a day or 长期; fields as 名称=form.KEY, with"
            " semicolons between; days as a number."
        ),
    ),
    "licence_type.department": (
        mark("The department “{department}” is not known."),
        NOTHING_READ,
        mark("Write its name or id as `clerk-central departments` lists it."),
    ),
    "licence_type.key": (
        mark("There is no such key."),
        NOTHING_READ,
        mark("Take it out, or spell it as the sample catalogue does."),
    ),
    "licence_type.negative": (
        mark("Months and days are never less than 0."),
        NOTHING_READ,
        mark("Write 0 or more."),
    ),
    "licence_type.no_day": (
        mark("It is valid until a day, and no day is given."),
        NOTHING_READ,
        mark("Give the day in valid_until."),
    ),
    "licence_type.no_months": (
        mark("It is valid for a term, and no months are given."),
        NOTHING_READ,
        mark("Give the months in valid_months."),
    ),
    "licence_type.number": (
        mark("The rule “{rule}” makes no numbers that can be told apart."),
        NOTHING_READ,
        mark("Let it have {n} or {n:06} once, {year} if wanted, and no / ? # % & or space."),
    ),
    "licence_type.source": (
        mark("A line of the licence has no name, or comes from “{source}”, which is no source."),
        NOTHING_READ,
        mark("Write form.KEY, applicant.name, applicant.address or fixed:TEXT."),
    ),
    "licence_type.twice": (
        mark("The type “{id}” stands in the file twice."),
        NOTHING_READ,
        mark("Leave one of the two."),
    ),
    "licence_type.unnamed": (
        mark("A type needs its short id and its name."),
        NOTHING_READ,
        mark("Fill both in."),
    ),
    "licence_type.value": (
        mark("The type cannot be used: {problem}."),
        NOTHING_READ,
        mark("Correct it as the sample catalogue has it."),
    ),
}
