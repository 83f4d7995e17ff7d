"""A file of flows or bundles as records of text, each cell with the place a person finds it at."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from central.imports.columns import plain_header
from central.imports.sheets import open_workbook, read_sheet, sheet_names
from clerk.errors import InputError, in_one
from clerk.locale import _
from clerk.text import keep_printable

MOST_BYTES = 20 * 1024 * 1024
_HEADER_WITHIN = 20
_YES, _NO = "是", "否"


class Layout(msgspec.Struct, frozen=True):
    """A table that is looked for: its names in a workbook, and its columns with theirs.

    The first name of each is the one that a template writes.
    """

    name: str
    sheets: tuple[str, ...]
    columns: dict[str, tuple[str, ...]]
    required: tuple[str, ...]


class Spot(msgspec.Struct, frozen=True):
    """A cell of a workbook, counted from 1; without a column it is the row."""

    sheet: str
    row: int
    column: int


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One row. `at` is where it stands, `columns` what its columns are called there.

    Of a workbook, `row` is its row and `places` say where the columns stand, as `Spot` counts.
    """

    cells: dict[str, str]
    at: str
    columns: Mapping[str, str]
    by_path: bool = False
    sheet: str = ""
    row: int = 0
    places: Mapping[str, int] = {}

    def __getitem__(self, column: str) -> str:
        """The text of a column, empty where there is none."""
        return self.cells.get(column, "")

    def where(self, column: str = "") -> str:
        """The place of a cell: sheet, row and column of a workbook, or a path in TOML."""
        name = self.columns.get(column, column)
        if self.by_path:
            return f"{self.at}.{name}" if column else self.at
        return _("{row}, column {column}").format(row=self.at, column=name) if column else self.at

    def complain(self, column: str, code: str, parameters: dict[str, str]) -> Complaint:
        """What is wrong in a cell of it."""
        return Complaint(self.where(column), code, parameters, spot=self.spot(column))

    def spot(self, column: str = "") -> Spot | None:
        """The cell of a workbook; TOML has none."""
        return Spot(self.sheet, self.row, self.places.get(column, 0)) if self.row else None


class Complaint(msgspec.Struct, frozen=True):
    """What is wrong, and where: a code with parameters. `warning` does not keep the file out."""

    where: str
    code: str
    parameters: dict[str, str] = {}
    warning: bool = False
    spot: Spot | None = None


def read_workbook(path: Path, layout: Layout) -> list[Record]:
    """The records of one table of a workbook; InputError where the table is not there."""
    with closing(open_workbook(path)) as book:
        names = sheet_names(book)
        wanted = {plain_header(name) for name in layout.sheets}
        named = [name for name in names if plain_header(name) in wanted]
        for name in named or names:
            rows = list(read_sheet(book, name))
            found = _find_header(rows, layout)
            if found is not None:
                return list(_records(name, rows, *found))
    needed = in_one(layout.columns[column][0] for column in layout.required)
    raise InputError("flow.no_table", file=path.name, sheet=layout.sheets[0], columns=needed)


def read_toml_file(path: Path) -> dict[str, object]:
    """A TOML file; InputError where it is none."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError("flow.not_toml", file=path.name, place=str(error)) from error


def read_table(value: object, path: str) -> Iterator[tuple[str, dict[str, object]]]:
    """The tables of an array in TOML with their paths; InputError where it is something else."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise InputError("flow.not_tables", place=path)
    for at, one in enumerate(value):
        yield f"{path}[{at}]", one


def toml_record(plain: Mapping[str, object], at: str, layout: Layout) -> Record:
    """A table in TOML as a record; InputError for a key that is not known."""
    unknown = next((key for key in plain if key not in layout.columns), None)
    if unknown is not None:
        raise InputError("flow.unknown_key", place=f"{at}.{unknown}")
    cells = {key: _as_text(value) for key, value in plain.items()}
    return Record(cells=cells, at=at, columns={}, by_path=True)


def demand_file(path: Path) -> None:
    """Refuse what is no file, or too large to be a flow."""
    try:
        size = path.stat().st_size
    except OSError as error:
        reason = error.strerror or ""
        raise InputError("file.unreadable", file=path.name, reason=reason) from None
    if size > MOST_BYTES:
        raise InputError("file.too_large", file=path.name, most_mb=MOST_BYTES // 1024**2)


def split_list(text: str) -> list[str]:
    """Several names in one cell: with semicolons or line breaks between, as names have commas."""
    for mark in ("；", "\n"):
        text = text.replace(mark, ";")
    return [one.strip() for one in text.split(";") if one.strip()]


def _find_header(rows: Sequence[list[str]], layout: Layout) -> tuple[int, dict[int, str]] | None:
    known = {
        plain_header(alias): name
        for name, aliases in layout.columns.items()
        for alias in (name, *aliases)
    }
    for at, row in enumerate(rows[:_HEADER_WITHIN]):
        found: dict[int, str] = {}
        for place, text in enumerate(row):
            name = known.get(plain_header(text))
            if name is not None and name not in found.values():
                found[place] = name
        if set(layout.required) <= set(found.values()):
            return at, found
    return None


def _records(
    sheet: str, rows: Sequence[list[str]], header: int, found: Mapping[int, str]
) -> Iterator[Record]:
    columns = {name: rows[header][place].strip() for place, name in found.items()}
    places = {name: place + 1 for place, name in found.items()}
    for number, row in enumerate(rows[header + 1 :], header + 2):
        cells = {name: _clean(row[at]) for at, name in found.items() if at < len(row)}
        if any(cells.values()):
            place = _("sheet “{sheet}”, row {row}").format(sheet=sheet, row=number)
            yield Record(
                cells=cells, at=place, columns=columns, sheet=sheet, row=number, places=places
            )


def _clean(text: str) -> str:
    return "\n".join(keep_printable(line).strip() for line in text.strip().splitlines())


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, list):
        return ";".join(_as_text(one) for one in value)
    return _clean(str(value))
