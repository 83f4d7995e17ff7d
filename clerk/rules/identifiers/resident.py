"""Numbers built like the resident number of GB 11643: region, birth date, sequence, check digit.

Residence permits of residents of Hong Kong, Macao and Taiwan and, from December 2023, the
permanent-residence card of foreigners are built alike. Only the checksum is python-stdnum's:
its own validation refuses region codes that really were given out.
"""

from __future__ import annotations

from datetime import date

from stdnum.cn import ric

from clerk.contract.identity import IdKind, Sex
from clerk.rules.identifiers.problem import (
    Findings,
    Problem,
    ProblemCode,
    find_character_problems,
    find_check_digit_problems,
    find_length_problems,
)
from clerk.rules.identifiers.regions import PROVINCES

LENGTH = 18
OLD_LENGTH = 15
DIGITS = "0123456789"
HMT_REGIONS = frozenset({"810000", "820000", "830000"})
"""Hong Kong, Macao, Taiwan: what a residence permit's number begins with."""
FOREIGN_MARK = "9"
ADULT_AGE = 18
"""民法典 Art. 17: a natural person of 18 years or more is an adult."""
UNLIKELY_AGE = 120


def kind_of(number: str) -> IdKind:
    """Which of the three documents a number of this build belongs to, by its beginning."""
    if number[:6] in HMT_REGIONS:
        return IdKind.HMT_RESIDENCE
    if number.startswith(FOREIGN_MARK):
        return IdKind.FOREIGN_PERMANENT_RESIDENCE
    return IdKind.RESIDENT


def check_resident(number: str, kind: IdKind, today: date) -> Findings:
    """Check a number of this build as the kind that it is said to be."""
    if kind is IdKind.RESIDENT and is_old_resident(number):
        return Findings((Problem(ProblemCode.OLD_RESIDENT, {"have": OLD_LENGTH, "need": LENGTH}),))
    within = number[:LENGTH]  # beyond it each character is too many, and that is said once
    shape = find_length_problems(number, LENGTH) + find_character_problems(within, DIGITS, "X")
    if shape:
        return Findings(shape)
    if kind_of(number) is not kind:
        looks_like = kind_of(number).value
        return Findings((Problem(ProblemCode.KIND_MISMATCH, {"looks_like": looks_like}),))
    birth = _check_birth(number, today)
    problems = find_check_digit_problems(number, ric.calc_check_digit(number)) + birth.problems
    return Findings(problems, birth.warnings + _find_region_warnings(number, kind))


def is_resident_build(number: str) -> bool:
    """Whether 17 digits and a digit or X stand there, right or wrong."""
    return len(number) == LENGTH and not find_character_problems(number, DIGITS, "X")


def is_old_resident(number: str) -> bool:
    """Whether this is a first-generation number of 15 digits (GB 11643-1989).

    Its card has not been valid since 2013 (居民身份证法 Art. 23); every holder has an 18-digit one.
    """
    if len(number) != OLD_LENGTH or find_character_problems(number, DIGITS):
        return False
    return number[:2] in PROVINCES and _find_date("19" + number[6:12]) is not None


def birth_date(number: str) -> date | None:
    """The birth date in an 18-character personal number; None where the number holds none."""
    if not is_resident_build(number):
        return None
    return _find_date(number[6:14])


def sex(number: str) -> Sex | None:
    """The sex in an 18-character personal number: the 17th digit is odd for men."""
    return birth_and_sex(number)[1]


def birth_and_sex(number: str) -> tuple[date | None, Sex | None]:
    """Both at once, for whoever reads millions of numbers; None where the number holds none."""
    born = birth_date(number)
    if born is None:
        return None, None
    return born, Sex.MALE if int(number[16]) % 2 else Sex.FEMALE


def age(born: date, today: date) -> int:
    """Full years lived; someone born on 29 February is a year older on 1 March."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def is_minor(number: str, today: date) -> bool | None:
    """Whether the holder is under 18 (民法典 Art. 17); None where no birth date is in it."""
    born = birth_date(number)
    return None if born is None else age(born, today) < ADULT_AGE


def _check_birth(number: str, today: date) -> Findings:
    born = _find_date(number[6:14])
    if born is None:
        return Findings((Problem(ProblemCode.BIRTH_DATE, {"first": 7, "last": 14}),))
    if born > today:
        return Findings((Problem(ProblemCode.BIRTH_FUTURE, {"first": 7, "last": 14}),))
    years = age(born, today)
    if years > UNLIKELY_AGE:
        return Findings((), (Problem(ProblemCode.AGE_UNLIKELY, {"years": years}),))
    return Findings()


def _find_region_warnings(number: str, kind: IdKind) -> tuple[Problem, ...]:
    """A foreigner's card names the province after the mark; the others begin with it."""
    start = {IdKind.RESIDENT: 0, IdKind.FOREIGN_PERMANENT_RESIDENCE: 1}.get(kind)
    if start is None or number[start : start + 2] in PROVINCES:
        return ()
    return (Problem(ProblemCode.REGION_UNKNOWN, {"first": start + 1, "last": start + 2}),)


def _find_date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
