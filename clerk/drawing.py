"""Flows and bundles drawn in characters, for a terminal: Chinese takes two cells of it.

The same drawing is the preview of an import and a part of the pages on screen.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence

from clerk.contract.item import Bundle, BundleNode, Step
from clerk.rules.bundle.graph import in_order

_WIDE = frozenset({"W", "F"})
MAIN, AUXILIARY = "●", "○"


def cells(text: str) -> int:
    """How many cells of a terminal a text takes; what sits on another character takes none."""
    return sum(_cells_of(one) for one in text)


def pad(text: str, width: int) -> str:
    """The text filled up to so many cells."""
    return text + " " * max(0, width - cells(text))


def cut(text: str, width: int) -> str:
    """The text in at most so many cells, with a sign where something is left out."""
    if cells(text) <= width:
        return text
    kept, used = "", 0
    for one in text:
        if used + _cells_of(one) > width - 1:
            break
        kept, used = kept + one, used + _cells_of(one)
    return kept + "…"


def draw_flow(
    steps: Sequence[Step], tell: Callable[[Step], Sequence[str]], now: str = ""
) -> list[str]:
    """A flow as boxes below one another; the box of step `now` has a double line.

    `tell` gives the lines of a box.
    """
    told = [list(tell(step)) for step in steps]
    width = max((cells(line) for lines in told for line in lines), default=0)
    drawn: list[str] = []
    for at, (step, lines) in enumerate(zip(steps, told, strict=True)):
        drawn += _box(lines, width, first=at == 0, last=at + 1 == len(told), here=step.key == now)
    return drawn


def draw_bundle(
    bundle: Bundle, note: Callable[[BundleNode], str] | None = None, width: int = 76
) -> list[str]:
    """A bundle stage by stage: below an item those that wait for it, with all they wait for.

    Items are numbered; the numbers behind an arrow are what an item waits for. `note` is told
    behind the name of an item.
    """
    order = {item: at for at, item in enumerate(in_order({n.item: n.after for n in bundle.nodes}))}
    nodes = sorted(bundle.nodes, key=lambda node: (_stage_of(bundle, node), order[node.item]))
    numbers = {node.item: at for at, node in enumerate(nodes, 1)}
    drawn: list[str] = []
    for stage in bundle.stages:
        mine = [node for node in nodes if node.stage == stage.key]
        drawn.append(_top(stage.label, width))
        for stem, node in _tree(mine, order):
            line = _line(stem, node, numbers, note(node) if note else "")
            drawn.append(f"│ {pad(cut(line, width - 4), width - 4)} │")
        drawn.append("└" + "─" * (width - 2) + "┘")
    return drawn


def _cells_of(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def _box(lines: Sequence[str], width: int, *, first: bool, last: bool, here: bool) -> list[str]:
    across, down, corners = ("═", "║", "╔╗╚╝") if here else ("─", "│", "┌┐└┘")
    half = (width + 2) // 2
    top = across * (width + 2)
    bottom = top if last else across * half + ("╤" if here else "┬") + across * (width + 1 - half)
    joined = [] if first else [" " * (half + 1) + "▼"]
    return [
        *joined,
        corners[0] + top + corners[1],
        *(f"{down} {pad(line, width)} {down}" for line in lines),
        corners[2] + bottom + corners[3],
    ]


def _top(label: str, width: int) -> str:
    title = cut(label, width - 6)
    return f"┌─ {title} " + "─" * (width - 5 - cells(title)) + "┐"


def _stage_of(bundle: Bundle, node: BundleNode) -> int:
    keys = [stage.key for stage in bundle.stages]
    return keys.index(node.stage) if node.stage in keys else len(keys)


def _tree(
    nodes: Sequence[BundleNode], order: Mapping[str, int]
) -> Iterator[tuple[str, BundleNode]]:
    """The stage's items below the last thing of the same stage that each waits for."""
    here = {node.item for node in nodes}
    below: dict[str, list[BundleNode]] = {}
    for node in nodes:
        parents = [one for one in node.after if one in here]
        parent = max(parents, key=lambda one: order[one]) if parents else ""
        below.setdefault(parent, []).append(node)
    yield from _branch("", "", below)


def _branch(
    parent: str, stem: str, below: Mapping[str, Sequence[BundleNode]]
) -> Iterator[tuple[str, BundleNode]]:
    children = below.get(parent, ())
    for node in children:
        last = node is children[-1]
        yield (stem + ("└─" if last else "├─") if parent else ""), node
        deeper = stem + ("  " if last else "│ ") if parent else ""
        yield from _branch(node.item, deeper, below)


def _line(stem: str, node: BundleNode, numbers: Mapping[str, int], note: str) -> str:
    sign = MAIN if node.main else AUXILIARY
    waits = " ".join(str(number) for number in sorted(numbers[one] for one in node.after))
    name = f"{stem}{sign} {numbers[node.item]} {node.name or node.item}"
    told = [name, *([f"← {waits}"] if waits else []), *([note] if note else [])]
    return " ".join(told)
