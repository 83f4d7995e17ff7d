"""The place of an item in a bundle application, as its case is pinned to it."""

from __future__ import annotations

from clerk.contract.bundle import Awaited, DraftProject, Place
from clerk.contract.item import Bundle, BundleNode


def find_node(bundle: Bundle, item: str) -> BundleNode | None:
    """The item's node, where it is one of the bundle's."""
    return next((node for node in bundle.nodes if node.item == item), None)


def place_of(project: DraftProject, item: str) -> Place | None:
    """Where a case of this item stands; nothing for an item that is not the bundle's."""
    bundle = project.bundle
    node = find_node(bundle, item)
    if node is None:
        return None
    nodes = {one.item: one for one in bundle.nodes}
    return Place(
        project=project.id,
        title=project.title,
        bundle=bundle.id,
        version=bundle.version,
        bundle_name=bundle.name,
        stage=node.stage,
        stage_name=stage_name(bundle, node.stage),
        main=node.main,
        after=tuple(Awaited(one, nodes[one].name, nodes[one].main) for one in node.after),
        together=project.together,
    )


def stage_name(bundle: Bundle, key: str) -> str:
    """What a stage is called."""
    return next((one.label for one in bundle.stages if one.key == key), key)


def dependents_of(bundle: Bundle, item: str) -> frozenset[str]:
    """The items that wait for this one itself, not for what comes behind it."""
    return frozenset(node.item for node in bundle.nodes if item in node.after)
