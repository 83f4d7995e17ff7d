"""Whether a bundle's graph can be worked through: no cycle, no stranger, nothing out of reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from clerk.contract.item import Bundle, BundleNode


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with a graph: a code with parameters.

    `node` counts the bundle's nodes from 0; a fault of a stage has -1 and `stage` instead.
    """

    code: str
    node: int = -1
    stage: int = -1
    parameters: dict[str, str] = {}


def check_graph(bundle: Bundle) -> tuple[Fault, ...]:
    """Every fault of a bundle; one without any can be worked through to its end."""
    faults = (*_stage_faults(bundle), *_node_faults(bundle))
    return faults or tuple(_cycle_faults(bundle.nodes))


def find_cycle(after: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """A way through the graph that comes back to where it began, or nothing.

    Who waits for whom; names that are not keys wait for nobody.
    """
    done: set[str] = set()
    for start in after:
        found = _walk_back(start, after, done)
        if found:
            return found
    return ()


def in_order(after: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Everything behind what it waits for, else in the order given; of a graph without cycle."""
    ordered: dict[str, None] = {}
    for start in after:
        stack = [start]
        while stack:
            name = stack[-1]
            left = [one for one in after.get(name, ()) if one in after and one not in ordered]
            if left:
                stack.append(left[0])
            else:
                ordered[stack.pop()] = None
    return tuple(ordered)


def _walk_back(start: str, after: Mapping[str, Sequence[str]], done: set[str]) -> tuple[str, ...]:
    """Depth first without recursion; `done` has what leads to no cycle."""
    path: dict[str, Iterator[str]] = {}
    name: str | None = start
    while name is not None:
        if name in path:
            way = list(path)
            return (*way[way.index(name) :], name)
        if name not in done:
            path[name] = iter(after.get(name, ()))
        name = _next_of(path, done)
    return ()


def _next_of(path: dict[str, Iterator[str]], done: set[str]) -> str | None:
    while path:
        last = next(reversed(path))
        following = next(path[last], None)
        if following is not None:
            return following
        done.add(last)
        del path[last]
    return None


def _stage_faults(bundle: Bundle) -> Iterator[Fault]:
    used = {node.stage for node in bundle.nodes}
    keys = [stage.key for stage in bundle.stages]
    for at, stage in enumerate(bundle.stages):
        if stage.key in keys[:at]:
            yield Fault("bundle.stage_twice", stage=at, parameters={"stage": stage.label})
        elif stage.key not in used:
            yield Fault("bundle.stage_empty", stage=at, parameters={"stage": stage.label})


def _node_faults(bundle: Bundle) -> Iterator[Fault]:
    stages = {stage.key: at for at, stage in reversed([*enumerate(bundle.stages)])}
    first = {node.item: at for at, node in reversed([*enumerate(bundle.nodes)])}
    nodes = {item: bundle.nodes[at] for item, at in first.items()}
    for at, node in enumerate(bundle.nodes):
        if first[node.item] != at:
            yield Fault("bundle.item_twice", at, parameters={"item": node.name or node.item})
        elif node.stage not in stages:
            yield Fault("bundle.stage_unknown", at, parameters={"stage": node.stage})
        else:
            yield from _edge_faults(at, node, nodes, stages)


def _edge_faults(
    at: int, node: BundleNode, nodes: Mapping[str, BundleNode], stages: Mapping[str, int]
) -> Iterator[Fault]:
    for name in node.after:
        before = nodes.get(name)
        if before is None:
            yield Fault("bundle.after_unknown", at, parameters={"after": name})
        elif name == node.item:
            yield Fault("bundle.after_itself", at, parameters={"item": node.name or name})
        elif stages.get(before.stage, 0) > stages[node.stage]:
            told = {"item": node.name or node.item, "after": before.name or name}
            yield Fault("bundle.after_later", at, parameters=told)


def _cycle_faults(nodes: Sequence[BundleNode]) -> Iterator[Fault]:
    cycle = find_cycle({node.item: node.after for node in nodes})
    if cycle:
        names = {node.item: node.name or node.item for node in nodes}
        at = next(at for at, node in enumerate(nodes) if node.item == cycle[0])
        way = " ← ".join(names[item] for item in cycle)
        yield Fault("bundle.cycle", at, parameters={"way": way})
