"""Finding items while somebody types: by Chinese, pinyin, initials or code.

Full-text tokens are made here: names one character each, so that any two characters are
found; initials and pinyin by every place that a query may begin at, cut to a length beyond
which the rules alone compare (clerk.rules.finding decides the order).

An entry's row begins with the length of its name. The index answers in the order of rows, so
the shortest names come first and it may stop after some, without sorting thousands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, func, select, text

from clerk.contract.item import Item
from clerk.rules.finding import Findable, normalise_query, rank
from storage.bulk import these, write_rows
from storage.schema import item_entry

CANDIDATES = 100
"""How many of one kind of match are compared where the place of the match counts too."""

_INITIALS_LENGTH = 16
_PINYIN_LENGTH = 24
_LAST_CHARACTER = "\U0010ffff"
_LENGTH_SHIFT = 32


class ItemHit(msgspec.Struct, frozen=True, kw_only=True):
    """An item that was found."""

    id: str
    version: int
    name: str
    code: str
    department_name: str


def search(conn: Connection, query: str, limit: int) -> tuple[ItemHit, ...]:
    """The best hits, best first. Kinds of match are asked for best first, as far as needed."""
    wanted = normalise_query(query)
    if not wanted:
        return ()
    found: dict[int, Row[Any]] = {}
    for rows in _kinds_of_match(conn, wanted, limit):
        found |= {row.row: row for row in rows}
        if len(found) >= limit:
            break
    ranked = [(rank(query, _findable(row)), row.row) for row in found.values()]
    best = sorted((order, number) for order, number in ranked if order is not None)
    return tuple(_hit(found[number]) for _order, number in best[:limit])


def index(conn: Connection, items: Sequence[Item]) -> None:
    """Make the newest versions of items what is found; a retired one is found no more."""
    unindex(conn, [item.id for item in items])
    found = sorted((item for item in items if not item.retired), key=_order)
    rows = _new_rows(conn, found)
    write_rows(conn, item_entry, [_entry(row, item) for row, item in rows])
    if rows:
        conn.exec_driver_sql(_INSERT_TOKENS, [(row, *_tokens(item)) for row, item in rows])


def unindex(conn: Connection, ids: Iterable[str]) -> None:
    """Let items be found no more."""
    gone = item_entry.c.id.in_(these(ids))
    rows = conn.execute(select(item_entry.c.row).where(gone)).scalars().all()
    if rows:
        conn.exec_driver_sql("DELETE FROM item_search WHERE rowid = ?", [(row,) for row in rows])
        conn.execute(delete(item_entry).where(item_entry.c.row.in_(rows)))


def unindex_all(conn: Connection) -> None:
    """Empty the index."""
    conn.execute(delete(item_entry))
    conn.exec_driver_sql("INSERT INTO item_search(item_search) VALUES ('delete-all')")


def _kinds_of_match(conn: Connection, wanted: str, limit: int) -> Iterator[Sequence[Row[Any]]]:
    """Best first, as `clerk.rules.finding.Match` has them.

    Of what begins with the query the first rows are the best ones; else the place counts too.
    """
    phrase = '"' + " ".join(wanted) + '"'
    yield conn.execute(_EXACT_CODE, {"code": wanted}).all()
    yield _match(conn, f"name : ^ {phrase}", limit)
    yield _match(conn, f"name : {phrase}", CANDIDATES)
    upper = wanted + _LAST_CHARACTER
    yield conn.execute(_CODE_PREFIX, {"code": wanted, "upper": upper, "most": limit}).all()
    if wanted.isascii():
        initials = f'initials : {{}} "{wanted[:_INITIALS_LENGTH]}" *'
        pinyin = f'pinyin : {{}} "{wanted[:_PINYIN_LENGTH]}" *'
        yield _match(conn, initials.format("^"), limit)
        yield _match(conn, pinyin.format("^"), limit)
        yield _match(conn, initials.format(""), CANDIDATES)
        yield _match(conn, pinyin.format(""), CANDIDATES)


def _match(conn: Connection, expression: str, most: int) -> Sequence[Row[Any]]:
    return conn.execute(_MATCH, {"expression": expression, "most": most}).all()


def _order(item: Item) -> tuple[int, str, str]:
    name = normalise_query(item.name)
    return len(name), name, item.code


def _new_rows(conn: Connection, items: Sequence[Item]) -> list[tuple[int, Item]]:
    """A free row for each, after those of names of its length."""
    known = select(func.max(item_entry.c.row)).group_by(item_entry.c.row.op(">>")(_LENGTH_SHIFT))
    last = {row >> _LENGTH_SHIFT: row for row in conn.execute(known).scalars()}
    rows = []
    for item in items:
        length = _order(item)[0]
        last[length] = last.get(length, length << _LENGTH_SHIFT) + 1
        rows.append((last[length], item))
    return rows


def _entry(row: int, item: Item) -> tuple[Any, ...]:
    return (
        row,
        item.id,
        item.version,
        item.name,
        item.code,
        normalise_query(item.code),
        item.department_name,
        item.initials,
        item.pinyin,
    )


def _tokens(item: Item) -> tuple[str, str, str]:
    initials = normalise_query(item.initials)
    syllables = [normalise_query(syllable) for syllable in item.pinyin.split()]
    return (
        " ".join(normalise_query(item.name)),
        " ".join(initials[at : at + _INITIALS_LENGTH] for at in range(len(initials))),
        " ".join("".join(syllables[at:])[:_PINYIN_LENGTH] for at in range(len(syllables))),
    )


def _findable(row: Row[Any]) -> Findable:
    return Findable(name=row.name, initials=row.initials, pinyin=row.pinyin, code=row.code)


def _hit(row: Row[Any]) -> ItemHit:
    return ItemHit(
        id=row.id,
        version=row.version,
        name=row.name,
        code=row.code,
        department_name=row.department_name,
    )


_INSERT_TOKENS = "INSERT INTO item_search(rowid, name, initials, pinyin) VALUES (?, ?, ?, ?)"
_COLUMNS = "e.row, e.id, e.version, e.name, e.code, e.department_name, e.initials, e.pinyin"
_EXACT_CODE = text(f"SELECT {_COLUMNS} FROM item_entry e WHERE e.plain_code = :code")  # noqa: S608
_CODE_PREFIX = text(
    f"SELECT {_COLUMNS} FROM item_entry e WHERE e.row IN "  # noqa: S608 - our own columns
    "(SELECT row FROM item_entry WHERE plain_code >= :code AND plain_code < :upper "
    "ORDER BY row LIMIT :most)"
)
_MATCH = text(
    f"SELECT {_COLUMNS} FROM item_search s JOIN item_entry e ON e.row = s.rowid "  # noqa: S608
    "WHERE s.item_search MATCH :expression ORDER BY s.rowid LIMIT :most"
)
