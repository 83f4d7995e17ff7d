"""A description as TOML again, as `register load` reads it; defaults are left out."""

from __future__ import annotations

import json
from enum import StrEnum

import msgspec

from central.registers.description import Described, Description


def write_description(one: Description) -> str:
    """One register of a file."""
    lines = [f"{name} = {_write(value)}" for name, value in _told(one)]
    return "\n".join(["[[register]]", *lines])


def _told(one: Described) -> list[tuple[str, object]]:
    """The fields that differ from what the program takes by itself."""
    return [
        (field.name, getattr(one, field.name))
        for field in msgspec.structs.fields(type(one))
        if field.required or getattr(one, field.name) != field.default
    ]


def _write(value: object) -> str:
    if isinstance(value, Described):
        return _table([(name, _write(each)) for name, each in _told(value)])
    if isinstance(value, dict):
        return _table(
            [(json.dumps(name, ensure_ascii=False), _write(each)) for name, each in value.items()]
        )
    if isinstance(value, tuple):
        inner = [_write(each) for each in value]
        tables = any(isinstance(each, Described) for each in value)
        return "[\n  " + ",\n  ".join(inner) + ",\n]" if tables else f"[{', '.join(inner)}]"
    if isinstance(value, StrEnum):
        return json.dumps(value.value)
    # TOML's basic strings are those of JSON.
    return json.dumps(value, ensure_ascii=False)


def _table(pairs: list[tuple[str, str]]) -> str:
    return "{ " + ", ".join(f"{name} = {value}" for name, value in pairs) + " }"
