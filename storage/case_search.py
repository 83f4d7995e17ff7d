"""Finding cases while somebody types: by name, by its sound, by a number, by a paper.

Full-text tokens are made here, where cases arrive: names one character each, initials and pinyin
by every place that a query may begin at. The kinds of match are asked for best first, and each
answers the newest cases first: the index is read from its end and stops after some.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, literal_column, select, text

from clerk.contract.case import DocumentKind
from clerk.rules.case import Case
from clerk.rules.finding import normalise_query
from clerk.rules.name_sound import sounds_of
from clerk.rules.numbers import CASE_NUMBER_LENGTH
from storage.bulk import these
from storage.case_head import read_row
from storage.case_query import CaseRow
from storage.schema import case_head, create_case_search

LEAST_DIGITS = 3
"""Fewer digits of a case number would find a tenth of all cases."""

_CANDIDATES = 100
_INITIALS_LENGTH = 16
_PINYIN_LENGTH = 24
_LAST_CHARACTER = "\U0010ffff"
_GROUPS = (0, 6, 9)
"""Where the groups begin in which a case number is read out: the day, the window, the sequence."""

_DOCUMENT = re.compile(r"(\d{4})\D+(\d+)\D*$")
TABLE, FRESH = "case_search", "fresh_case_search"


class SearchRow(NamedTuple):
    """What the index is to hold of a case: its row, and the tokens of each column."""

    row: int
    name: str
    initials: str
    pinyin: str
    number: str
    paper: str


def search_row(case: Case) -> SearchRow | None:
    """The tokens of a case; nothing where it has no number to be found under."""
    row = _row_of(case.number)
    if row is None:
        return None
    sounds = sounds_of(case.applicant.name)
    return SearchRow(
        row,
        " ".join(normalise_query(case.applicant.name)),
        " ".join(token for one in sounds for token in _initials_tokens(one.initials)),
        " ".join(token for one in sounds for token in _pinyin_tokens(one.syllables)),
        " ".join(case.number[at:] for at in _GROUPS),
        " ".join(_papers_tokens(case)),
    )


def write(conn: Connection, rows: Sequence[SearchRow], table: str = TABLE) -> None:
    """Make cases what is found, whatever was known of them."""
    if rows:
        conn.exec_driver_sql(_INSERT.format(table=table), sorted(rows))


def unindex(conn: Connection, ids: Iterable[str]) -> None:
    """Let cases be found no more; before they are forgotten, for the index knows no ids."""
    gone = select(case_head.c.number).where(case_head.c.id.in_(these(ids)))
    numbers = conn.execute(gone).scalars().all()
    rows = [(row,) for row in map(_row_of, numbers) if row is not None]
    if rows:
        conn.exec_driver_sql(f"DELETE FROM {TABLE} WHERE rowid = ?", rows)  # noqa: S608 - our own


def begin_fresh(conn: Connection) -> None:
    """Make the index that a bootstrap fills, empty."""
    conn.exec_driver_sql(f"DROP TABLE IF EXISTS {FRESH}")
    conn.exec_driver_sql(create_case_search(FRESH))


def take_fresh(conn: Connection) -> None:
    """Put it in the other one's place."""
    conn.exec_driver_sql(f"DROP TABLE {TABLE}")
    conn.exec_driver_sql(f"ALTER TABLE {FRESH} RENAME TO {TABLE}")


def by_name(conn: Connection, query: str, limit: int) -> list[CaseRow]:
    """Cases by their applicant's name or its sound, best match first, then the newest."""
    wanted = normalise_query(query)
    found: dict[str, CaseRow] = {}
    for rows in _kinds_of_match(conn, wanted) if wanted else ():
        for row in rows:
            found.setdefault(row.id, row)
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


def by_number(conn: Connection, digits: str, limit: int) -> list[CaseRow]:
    """Cases whose number begins with these digits, or one of its groups does."""
    if len(digits) < LEAST_DIGITS:
        return []
    whole = _match(conn, f'number : ^ "{digits}" *', limit)
    return whole or _match(conn, f'number : "{digits}" *', limit)


def by_paper(conn: Connection, query: str, limit: int) -> list[CaseRow]:
    """Cases with a paper or a licence whose number, or its year and what follows, begins so."""
    wanted = normalise_query(query)
    return _match(conn, f'paper : "{wanted}" *', limit) if wanted else []


def by_kind(conn: Connection, kind: DocumentKind | None, limit: int) -> list[CaseRow]:
    """Cases with a paper of this kind, or that a licence came of."""
    return _match(conn, f'paper : "{_kind_token(kind)}"', limit)


def near(conn: Connection, numbers: Iterable[str]) -> list[CaseRow]:
    """Those cases of these numbers that there are, newest first."""
    rows = conn.execute(_HEADS.where(case_head.c.number.in_(these(numbers))))
    return sorted(
        (read_row(row, CaseRow) for row in rows), key=lambda row: row.number, reverse=True
    )


def _kinds_of_match(conn: Connection, wanted: str) -> Iterator[list[CaseRow]]:
    """The whole name and its beginning, its middle; then its sound from the beginning, and on."""
    phrase = '"' + " ".join(wanted) + '"'
    begins = _match(conn, f"name : ^ {phrase}", _CANDIDATES)
    begins.sort(key=lambda row: normalise_query(row.applicant_name) != wanted)
    yield begins
    yield _match(conn, f"name : {phrase}", _CANDIDATES)
    if wanted.isascii():
        initials = f'initials : {{}} "{wanted[:_INITIALS_LENGTH]}" *'
        pinyin = f'pinyin : {{}} "{wanted[:_PINYIN_LENGTH]}" *'
        for anchor in ("^", ""):
            yield _match(conn, initials.format(anchor), _CANDIDATES)
            yield _match(conn, pinyin.format(anchor), _CANDIDATES)


def _match(conn: Connection, expression: str, most: int) -> list[CaseRow]:
    numbers = conn.execute(_MATCH, {"expression": expression, "most": most}).scalars().all()
    return near(conn, [f"{row:0{CASE_NUMBER_LENGTH}}" for row in numbers]) if numbers else []


def _row_of(number: str) -> int | None:
    return int(number) if number.isascii() and number.isdecimal() else None


def _initials_tokens(initials: str) -> Iterator[str]:
    return (initials[at : at + _INITIALS_LENGTH] for at in range(len(initials)))


def _pinyin_tokens(syllables: Sequence[str]) -> Iterator[str]:
    return ("".join(syllables[at:])[:_PINYIN_LENGTH] for at in range(len(syllables)))


def _papers_tokens(case: Case) -> Iterator[str]:
    """Each number and each kind once: a number is read out, a kind is chosen by its name."""
    numbers = [one.number for one in case.documents if one.number]
    numbers += [case.licence] if case.licence else []
    for number in dict.fromkeys(numbers):
        yield from _paper_tokens(number)
    kinds: list[DocumentKind | None] = [one.kind for one in case.documents]
    kinds += [None] if case.licence else []
    yield from map(_kind_token, dict.fromkeys(kinds))


def _kind_token(kind: DocumentKind | None) -> str:
    """Without a digit, which everything has that is looked for as a number."""
    return f"kindof{kind.value if kind else ''}"


def _paper_tokens(number: str) -> Iterator[str]:
    """Whole, and from its year and from its own number on: 〔2026〕12号, 12号."""
    yield normalise_query(number)
    found = _DOCUMENT.search(number)
    if found:
        yield normalise_query(number[found.start() :])
        yield normalise_query(number[found.start(2) :])


_INSERT = (
    "INSERT OR REPLACE INTO {table}(rowid, name, initials, pinyin, number, paper) "
    "VALUES (?, ?, ?, ?, ?, ?)"
)
_MATCH = text(
    f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH :expression "  # noqa: S608 - our own table
    "ORDER BY rowid DESC LIMIT :most"
)
# One piece of text: SQLAlchemy would look at each of the columns anew with every search.
_HEADS: Select[Any] = select(
    literal_column(", ".join(str(column) for column in case_head.c))
).select_from(case_head)
