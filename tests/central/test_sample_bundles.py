"""What must hold of the bundles of the sample catalogue (一件事, 工程建设项目)."""

from __future__ import annotations

from graphlib import TopologicalSorter
from itertools import pairwise

import pytest

from central.sample.catalogue import SampleCatalogue, load_sample
from clerk.contract.item import Bundle


@pytest.fixture(scope="module")
def sample() -> SampleCatalogue:
    return load_sample()


def bundle(sample: SampleCatalogue, key: str) -> Bundle:
    return next(one for one in sample.bundles if one.id == key)


def test_bundles_have_no_cycle_and_nothing_stray(sample: SampleCatalogue) -> None:
    items = {one.id for one in sample.items}
    for one in sample.bundles:
        nodes = [node.item for node in one.nodes]
        assert len(set(nodes)) == len(nodes)
        assert set(nodes) <= items
        assert {node.stage for node in one.nodes} == {stage.key for stage in one.stages}
        graph = {node.item: set(node.after) for node in one.nodes}
        order = tuple(TopologicalSorter(graph).static_order())
        assert sorted(order) == sorted(nodes)


def test_bundle_nodes_wait_for_no_later_stage(sample: SampleCatalogue) -> None:
    for one in sample.bundles:
        place = {stage.key: index for index, stage in enumerate(one.stages)}
        stage_of = {node.item: place[node.stage] for node in one.nodes}
        for node in one.nodes:
            assert all(stage_of[item] <= place[node.stage] for item in node.after)


def test_main_items_follow_each_other(sample: SampleCatalogue) -> None:
    for one in sample.bundles:
        after = {node.item: set(node.after) for node in one.nodes}
        main = [node.item for node in one.nodes if node.main]
        for earlier, later in pairwise(main):
            assert earlier in ancestors(later, after)


def ancestors(item: str, after: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(after[item])
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(after[one])
    return found


def test_every_node_starts_from_the_first_one(sample: SampleCatalogue) -> None:
    for one in sample.bundles:
        after = {node.item: set(node.after) for node in one.nodes}
        first = one.nodes[0].item
        assert after[first] == set()
        assert all(first in ancestors(item, after) for item in after if item != first)


def test_the_construction_bundle_has_four_stages(sample: SampleCatalogue) -> None:
    construction = bundle(sample, "construction")
    assert [one.label for one in construction.stages] == [
        "立项用地规划许可",
        "工程建设许可",
        "施工许可",
        "竣工验收",
    ]
    assert len(construction.nodes) >= 20
    assert {node.stage for node in construction.nodes if node.main} == {
        one.key for one in construction.stages
    }
