"""Lines of papers as a command names them: each once, and no more than there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from clerk.contract.answer import Refusal
from clerk.contract.custody import PaperLine, Shortage
from clerk.rules.case.context import refuse
from clerk.rules.case.state import Case
from clerk.rules.custody.ledger import Paper


def name_material(case: Case, key: str) -> str:
    """What the item calls a material."""
    return next((one.name for one in case.terms.materials if one.key == key), key)


def each_once(lines: Iterable[PaperLine | Shortage]) -> bool:
    """Whether no paper is named twice."""
    named = [(one.material, one.form) for one in lines]
    return len(named) == len(set(named))


def refuse_papers(
    case: Case, papers: tuple[PaperLine, ...], free_of: Callable[[Paper], int]
) -> Refusal | None:
    """Each paper once, at least one, and no more than are free."""
    if not papers or not each_once(papers):
        return refuse("papers.none", "papers")
    for one in papers:
        free = free_of((one.material, one.form))
        if not 1 <= one.count <= free:
            name = name_material(case, one.material)
            return refuse("papers.not_held", "papers", material=name, free=free, count=one.count)
    return None
