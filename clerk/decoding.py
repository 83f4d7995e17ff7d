"""Reading JSON into types, by several threads at a time.

msgspec learns a type when it is first read. While it learns, it runs Python, so another thread may
read the same type half-learnt: a null pointer, which ends the process (msgspec 0.22). Here types
are learnt one after the other; reading what is learnt needs no lock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec

T = TypeVar("T")
_learning = threading.RLock()
_readers: dict[object, Reader[Any]] = {}


class Reader(Generic[T]):
    """Reads one type, which is learnt when it is first asked for."""

    def __init__(self, kind: Any) -> None:  # noqa: ANN401 - a union is no type to mypy
        """Read this type, or this union of tagged types."""
        self._kind = kind
        self._decode: Callable[[bytes | str], T] | None = None

    def __call__(self, raw: bytes | str) -> T:
        """What the JSON says. Raises msgspec.DecodeError, its ValidationError among them."""
        return (self._decode or self.learn())(raw)

    def learn(self) -> Callable[[bytes | str], T]:
        """Know the type, and all that it is made of."""
        if self._decode is None:
            with _learning:
                self._decode = msgspec.json.Decoder(self._kind).decode
        return self._decode


def decode(raw: bytes | str, kind: type[T]) -> T:
    """What the JSON says, as this type. Raises msgspec.DecodeError."""
    return _reader_of(kind)(raw)


def convert(plain: object, kind: type[T]) -> T:
    """What was read from TOML or a form, as this type. Raises msgspec.ValidationError."""
    _reader_of(kind).learn()
    return msgspec.convert(plain, kind)


def _reader_of(kind: type[T]) -> Reader[T]:
    return _readers.get(kind) or _readers.setdefault(kind, Reader(kind))
