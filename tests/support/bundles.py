"""Bundles for tests: small graphs, drawn at random, and a naive view of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from clerk.contract.item import Bundle, BundleNode, Option

STAGES = (Option("s1", "第一阶段"), Option("s2", "第二阶段"))


def bundle_of(
    after: Mapping[str, Sequence[str]],
    later: frozenset[str] = frozenset(),
    auxiliary: frozenset[str] = frozenset(),
) -> Bundle:
    """A bundle of two stages; items are main ones unless told, and named as their ids."""
    nodes = tuple(
        BundleNode(
            item=item,
            name=item,
            stage="s2" if item in later else "s1",
            main=item not in auxiliary,
            after=tuple(waits),
        )
        for item, waits in after.items()
    )
    stages = tuple(one for one in STAGES if any(node.stage == one.key for node in nodes))
    return Bundle(
        id="b", version=1, name="一件事", lead_department="market", stages=stages, nodes=nodes
    )


@st.composite
def any_graphs(draw: st.DrawFn, most: int = 6) -> dict[str, tuple[str, ...]]:
    """Any graph, most of them with cycles."""
    names = [chr(ord("a") + at) for at in range(draw(st.integers(1, most)))]
    waits = st.lists(st.sampled_from(names), unique=True, max_size=3)
    return {name: tuple(draw(waits)) for name in names}


@st.composite
def graphs(draw: st.DrawFn, most: int = 7) -> dict[str, tuple[str, ...]]:
    """A graph without cycles, its names in any order."""
    names = [chr(ord("a") + at) for at in range(draw(st.integers(1, most)))]
    after: dict[str, tuple[str, ...]] = {}
    for at, name in enumerate(names):
        earlier = st.lists(st.sampled_from(names[:at]), unique=True) if at else st.just([])
        after[name] = tuple(draw(earlier))
    return {name: after[name] for name in draw(st.permutations(names))}


def reaches_itself(after: Mapping[str, Sequence[str]]) -> bool:
    """Whether somebody who follows every way for long enough comes back: the naive answer."""
    reached = {name: set(waits) for name, waits in after.items()}
    for _ in after:
        for name, seen in reached.items():
            reached[name] = seen.union(*(reached.get(one, set()) for one in seen))
    return any(name in seen for name, seen in reached.items())
