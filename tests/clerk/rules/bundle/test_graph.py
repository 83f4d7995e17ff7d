"""A bundle that can be worked through is told from one that can't."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from msgspec.structs import replace

from clerk.contract.item import Option
from clerk.rules.bundle.graph import check_graph, find_cycle, in_order
from tests.support.bundles import any_graphs, bundle_of, graphs, reaches_itself


@given(any_graphs())
def test_a_cycle_is_found_where_there_is_one(after: dict[str, tuple[str, ...]]) -> None:
    cycle = find_cycle(after)
    assert bool(cycle) == reaches_itself(after)
    if cycle:
        assert cycle[0] == cycle[-1]
        assert all(b in after[a] for a, b in pairwise(cycle))


@given(graphs())
def test_everything_comes_after_what_it_waits_for(after: dict[str, tuple[str, ...]]) -> None:
    order = in_order(after)
    assert sorted(order) == sorted(after)
    places = {name: at for at, name in enumerate(order)}
    assert all(places[one] < places[name] for name, waits in after.items() for one in waits)
    assert check_graph(bundle_of(after)) == ()


@pytest.mark.parametrize(
    ("after", "code"),
    [
        ({"a": ("a",)}, "bundle.after_itself"),
        ({"a": ("stranger",)}, "bundle.after_unknown"),
        ({"a": ("c",), "b": ("a",), "c": ("b",)}, "bundle.cycle"),
    ],
)
def test_what_is_wrong_is_named(after: dict[str, tuple[str, ...]], code: str) -> None:
    (fault,) = check_graph(bundle_of(after))
    assert fault.code == code


def test_a_cycle_is_told_as_a_way() -> None:
    (fault,) = check_graph(bundle_of({"a": (), "b": ("c",), "c": ("b",)}))
    assert fault.parameters["way"] == "b ← c ← b"


def test_nothing_waits_for_a_later_stage() -> None:
    faults = check_graph(bundle_of({"a": ("b",), "b": ()}, later=frozenset({"b"})))
    assert [(one.code, one.node) for one in faults] == [("bundle.after_later", 0)]


def test_stages_and_items_stand_there_once_and_are_used() -> None:
    bundle = bundle_of({"a": (), "b": ("a",)}, later=frozenset({"b"}))
    odd = replace(
        bundle,
        stages=(*bundle.stages, bundle.stages[0], Option("s3", "空的")),
        nodes=(*bundle.nodes, bundle.nodes[1], replace(bundle.nodes[0], item="c", stage="s9")),
    )
    assert [(one.code, one.node, one.stage) for one in check_graph(odd)] == [
        ("bundle.stage_twice", -1, 2),
        ("bundle.stage_empty", -1, 3),
        ("bundle.item_twice", 2, -1),
        ("bundle.stage_unknown", 3, -1),
    ]


def test_a_long_chain_is_no_trouble() -> None:
    after = {f"n{at}": (f"n{at - 1}",) if at else () for at in range(3000)}
    assert in_order(dict(reversed(after.items())))[0] == "n0"
    assert find_cycle(after) == ()
    assert find_cycle({**after, "n0": ("n2999",)}) != ()
