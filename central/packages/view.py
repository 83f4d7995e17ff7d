"""A dataset as one subscriber gets it: which fields, which of them masked, and each row's key."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import date

from central.packages.definition import Dataset, Subscriber
from central.packages.fields import RECORD, SOURCES, Field, Personal

Cell = str | int | date | None


class View:
    """What the agreement makes of the rows of a source."""

    def __init__(self, dataset: Dataset, subscriber: Subscriber, secret: bytes) -> None:
        """`secret` keys the hashes, so that two subscribers cannot join their rows by them."""
        self.fields = tuple(
            one for one in dataset.list_fields() if one.name not in subscriber.left_out
        )
        self.masked = tuple(one.name for one in self.fields if _is_masked(one, subscriber))
        self.left_out = subscriber.left_out
        self._masks: dict[str, Callable[[str], str]] = {
            one.name: one.mask for one in self.fields if one.name in self.masked
        }
        self._key = SOURCES[dataset.source].key
        told = f"{dataset.name}\0{subscriber.id}".encode()
        self._secret = hmac.new(secret, told, hashlib.sha256).digest()

    @property
    def header(self) -> list[str]:
        """The names of the columns, the key first."""
        return [RECORD, *(one.name for one in self.fields)]

    def show(self, row: Mapping[str, Cell]) -> list[str]:
        """A row of the source as cells of the file."""
        return [self._record(row), *(self._cell(one, row[one.name]) for one in self.fields)]

    def _record(self, row: Mapping[str, Cell]) -> str:
        told = "\0".join(str(row[name]) for name in self._key).encode()
        return hmac.new(self._secret, told, hashlib.sha256).hexdigest()[:32]

    def _cell(self, field: Field, value: Cell) -> str:
        text = "" if value is None else str(value)
        mask = self._masks.get(field.name)
        return mask(text) if mask else text


def _is_masked(field: Field, subscriber: Subscriber) -> bool:
    """What tells of a person is masked unless the agreement lets it go whole."""
    if field.name in subscriber.masked:
        return True
    return field.personal is not Personal.NO and field.name not in subscriber.whole
