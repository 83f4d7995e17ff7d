"""The place of an item in a bundle application, as its case is pinned to it."""

from __future__ import annotations

from collections.abc import Mapping

from clerk.contract.bundle import Awaited, DraftProject, Place
from clerk.contract.item import Bundle, BundleNode, Option


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
        lead=bundle.lead_department,
    )


def project_of(places: Mapping[str, Place], known: Bundle | None) -> DraftProject:
    """The application that these places are in, by item: what `place_of` made them of.

    `known` is the bundle as this desk has it; of another version, the graph is what the places
    tell of it, so that none of them changes.
    """
    first = next(iter(places.values()))
    pinned = known is not None and known.version == first.version
    return DraftProject(
        id=first.project,
        title=first.title,
        bundle=known if known is not None and pinned else _told_by(places),
        together=first.together,
    )


def _told_by(places: Mapping[str, Place]) -> Bundle:
    first = next(iter(places.values()))
    stages = {one.stage: one.stage_name for one in places.values()}
    awaited = {one.item: one for place in places.values() for one in place.after}
    own = [
        BundleNode(
            item=item,
            stage=place.stage,
            main=place.main,
            after=tuple(one.item for one in place.after),
            name=awaited[item].name if item in awaited else "",
        )
        for item, place in places.items()
    ]
    others = [
        BundleNode(item=one.item, stage=first.stage, main=one.main, name=one.name)
        for one in awaited.values()
        if one.item not in places
    ]
    return Bundle(
        id=first.bundle,
        version=first.version,
        name=first.bundle_name,
        lead_department=first.lead,
        stages=tuple(Option(key, name) for key, name in stages.items()),
        nodes=(*own, *others),
    )


def stage_name(bundle: Bundle, key: str) -> str:
    """What a stage is called."""
    return next((one.label for one in bundle.stages if one.key == key), key)


def dependents_of(bundle: Bundle, item: str) -> frozenset[str]:
    """The items that wait for this one itself, not for what comes behind it."""
    return frozenset(node.item for node in bundle.nodes if item in node.after)
