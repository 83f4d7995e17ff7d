"""The sample's files as plain values; every complaint names the file and the key."""

from __future__ import annotations

import csv
import io
import tomllib
from importlib.resources import files
from typing import Any, TypeVar

import msgspec

from clerk import decoding
from clerk.errors import InputError

_T = TypeVar("_T")


def read_text(file: str) -> str:
    """One file of the sample, by its path inside the folder."""
    return files("central.sample").joinpath(file).read_text("utf-8")


def list_files(folder: str) -> tuple[str, ...]:
    """The TOML files of one folder, in the order of their names."""
    found = files("central.sample").joinpath(folder).iterdir()
    return tuple(sorted(f"{folder}/{one.name}" for one in found if one.name.endswith(".toml")))


def read_toml(file: str) -> dict[str, Any]:
    """One TOML file."""
    try:
        return tomllib.loads(read_text(file))
    except tomllib.TOMLDecodeError as error:
        raise InputError("sample.not_toml", file=file, place=str(error)) from error


def read_rows(file: str) -> tuple[tuple[int, dict[str, str]], ...]:
    """The rows of a CSV file with the numbers that a spreadsheet shows for them."""
    rows = tuple(enumerate(csv.DictReader(io.StringIO(read_text(file))), start=2))
    for number, row in rows:
        if None in row or None in row.values():
            raise InputError("sample.wrong_width", file=file, key=f"row {number}")
    return rows


def convert(value: object, kind: type[_T], file: str, key: str) -> _T:
    """A plain value as a contract type, no key of it left over and none misspelt."""
    try:
        made = decoding.convert(value, kind)
    except msgspec.ValidationError as error:
        raise InputError("sample.wrong_value", file=file, key=key, problem=str(error)) from error
    unknown = find_unknown(value, msgspec.to_builtins(made), key)
    if unknown is not None:
        raise InputError("sample.unknown_key", file=file, key=unknown)
    return made


def find_unknown(given: object, known: object, path: str) -> str | None:
    """The path of the first key that was given and that the contract does not know."""
    pairs: list[tuple[str, object, object]] = []
    if isinstance(given, dict) and isinstance(known, dict):
        for key in given:
            if key not in known:
                return f"{path}.{key}"
        pairs = [(f"{path}.{key}", value, known[key]) for key, value in given.items()]
    elif isinstance(given, list) and isinstance(known, (list, tuple)):
        both = enumerate(zip(given, known, strict=True))
        pairs = [(f"{path}[{index}]", one, other) for index, (one, other) in both]
    return next(filter(None, (find_unknown(one, two, where) for where, one, two in pairs)), None)
