"""The sample catalogue as contract types, read from the files beside this module."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

import msgspec

from central.sample.bundles import load_bundles
from central.sample.files import convert, read_toml
from central.sample.items import load_items
from clerk.contract.item import Bundle, Department, Item, Window
from clerk.contract.licence import LicenceType

_T = TypeVar("_T")


class SampleCatalogue(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the demo city starts with, apart from its people."""

    departments: tuple[Department, ...]
    windows: tuple[Window, ...]
    licence_types: tuple[LicenceType, ...]
    items: tuple[Item, ...]
    bundles: tuple[Bundle, ...]


@cache
def load_sample() -> SampleCatalogue:
    """Read the shipped files, once; an InputError names the file and the key that is wrong."""
    departments = _load("departments", Department)
    licence_types = _load("licence_types", LicenceType)
    items = load_items({one.id: one for one in departments}, {one.id: one for one in licence_types})
    return SampleCatalogue(
        departments=departments,
        windows=_load("windows", Window),
        licence_types=licence_types,
        items=items,
        bundles=load_bundles(items),
    )


def _load(name: str, kind: type[_T]) -> tuple[_T, ...]:
    """The array of tables that a file holds under its own name."""
    file = f"{name}.toml"
    rows = read_toml(file).get(name, ())
    return tuple(convert(row, kind, file, f"{name}[{at}]") for at, row in enumerate(rows))
