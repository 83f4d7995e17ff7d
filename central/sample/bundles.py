"""The sample's bundles; their files name items as department/name, which people can read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from central.sample.files import convert, list_files, read_toml
from clerk.contract.item import Bundle, Item
from clerk.errors import InputError


def load_bundles(items: tuple[Item, ...]) -> tuple[Bundle, ...]:
    """All bundles, their nodes naming items by id."""
    ids = {f"{item.department}/{item.name}": item.id for item in items}
    return tuple(_bundle(file, ids) for file in list_files("bundles"))


def _bundle(file: str, ids: Mapping[str, str]) -> Bundle:
    plain = read_toml(file)
    nodes = [_node(node, ids, file) for node in plain.get("nodes", ())]
    return convert(plain | {"nodes": nodes, "version": 1}, Bundle, file, "bundle")


def _node(plain: dict[str, Any], ids: Mapping[str, str], file: str) -> dict[str, Any]:
    after = [_id(name, ids, file) for name in plain.get("after", ())]
    return plain | {"item": _id(plain.get("item", ""), ids, file), "after": after}


def _id(name: str, ids: Mapping[str, str], file: str) -> str:
    if name not in ids:
        raise InputError("sample.unknown_item", file=file, key=name)
    return ids[name]
