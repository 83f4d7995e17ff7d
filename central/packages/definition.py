"""What a dataset is: its source, its fields, its owner, and who gets it on which terms.

Datasets are data over a closed list of sources; nobody writes a query.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path

import msgspec

from central.packages.fields import SOURCES, Field, SourceKind
from clerk.decoding import convert
from clerk.errors import InputError
from clerk.files import readable


class Format(StrEnum):
    """How the rows are written."""

    CSV = "csv"


class Selection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which rows: of these departments or types, and of these days. Nothing said is all.

    The day is that of receipt of a case, of issue of a licence, of effect of an item.
    """

    departments: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


class Subscriber(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who gets a dataset, and what the agreement with them says.

    What names a person goes masked; `whole` lists what the agreement lets go as it is, `masked`
    what is hidden besides, `left_out` what they do not get at all. `until` is the last day.
    """

    id: str
    title: str
    purpose: str
    agreement: str
    until: date | None = None
    whole: tuple[str, ...] = ()
    masked: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def is_served_on(self, day: date) -> bool:
        """Whether the agreement holds that day."""
        return self.until is None or day <= self.until


class Dataset(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A named dataset. `owner` is the department that answers for it; no `fields` are all."""

    name: str
    title: str
    owner: str
    purpose: str
    source: SourceKind
    description: str = ""
    format: Format = Format.CSV
    fields: tuple[str, ...] = ()
    select: Selection = Selection()
    subscribers: tuple[Subscriber, ...] = ()

    def list_fields(self) -> tuple[Field, ...]:
        """Its fields, in the order of the source."""
        every = SOURCES[self.source].fields
        return tuple(one for one in every if not self.fields or one.name in self.fields)

    def find_subscriber(self, subscriber_id: str) -> Subscriber | None:
        """Who gets it, by id."""
        return next((one for one in self.subscribers if one.id == subscriber_id), None)


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with a definition, and where."""

    code: str
    place: str


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    datasets: tuple[Dataset, ...]


def read_definitions(path: Path, departments: Collection[str]) -> tuple[Dataset, ...]:
    """The datasets of a TOML file, each checked; raises InputError with the place that is wrong.

    `departments` are the ids of those that may own one.
    """
    try:
        with readable(path):
            text = path.read_text("utf-8")
        file = convert(tomllib.loads(text), _File)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise InputError("dataset.unreadable", file=path.name, place=str(error)) from error
    _demand_different((one.name for one in file.datasets), path.name)
    for dataset in file.datasets:
        for fault in _find_faults(dataset, departments):
            raise InputError(fault.code, dataset=dataset.name, place=fault.place)
    return file.datasets


def _find_faults(dataset: Dataset, departments: Collection[str]) -> Iterator[Fault]:
    source = SOURCES[dataset.source]
    known = {one.name for one in source.fields}
    if not _is_name(dataset.name):
        yield Fault("dataset.name", "name")
    if not dataset.title.strip() or not dataset.purpose.strip():
        yield Fault("dataset.untold", "title, purpose")
    if dataset.owner not in departments:
        yield Fault("dataset.owner_unknown", "owner")
    yield from _unknown("fields", dataset.fields, known)
    for name in ("departments", "types", "since", "until"):
        if getattr(dataset.select, name) and name not in source.selects:
            yield Fault("dataset.not_selected_by", f"select.{name}")
    yield from _find_subscriber_faults(dataset)


def _find_subscriber_faults(dataset: Dataset) -> Iterator[Fault]:
    fields = {one.name: one for one in dataset.list_fields()}
    if len({one.id for one in dataset.subscribers}) < len(dataset.subscribers):
        yield Fault("dataset.twice", "subscribers")
    for one in dataset.subscribers:
        place = f"subscribers.{one.id}"
        if not _is_name(one.id):
            yield Fault("dataset.name", place)
        if not (one.title.strip() and one.purpose.strip() and one.agreement.strip()):
            yield Fault("dataset.untold", place)
        for terms in (one.whole, one.masked, one.left_out):
            yield from _unknown(place, terms, fields)
        if set(one.whole) & {*one.masked, *one.left_out} or set(one.masked) & set(one.left_out):
            yield Fault("dataset.terms_contradict", place)
        if any(not fields[name].may_be_masked for name in one.masked if name in fields):
            yield Fault("dataset.not_maskable", place)
        if set(fields) <= set(one.left_out):
            yield Fault("dataset.nothing_left", place)


def _unknown(place: str, names: Iterable[str], known: Collection[str]) -> Iterator[Fault]:
    if set(names) - set(known):
        yield Fault("dataset.field_unknown", place)


def _is_name(text: str) -> bool:
    """What may stand in an address, in lower case, as the open format asks."""
    plain = text.replace("-", "")
    return 0 < len(text) < 64 and plain.isascii() and plain.isalnum() and text == text.lower()  # noqa: PLR2004


def _demand_different(names: Iterable[str], file: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise InputError("dataset.twice", dataset=name, place=file)
        seen.add(name)
