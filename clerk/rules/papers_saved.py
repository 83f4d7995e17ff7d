"""Pieces of paper that nobody had to bring (clerk.rules.reports.case_figures defines them)."""

from __future__ import annotations

from collections import Counter

from clerk.contract.case import MaterialState
from clerk.contract.item import Material, Necessity
from clerk.rules.case import Case
from clerk.rules.checklist import share_key


class PapersSaved:
    """Counts case by case. What a visit is asked for once is saved once, by its first case."""

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self._counted: dict[tuple[str, str], int] = {}

    def count(self, case: Case) -> int:
        """The originals and copies of a case that are saved and not counted for its visit."""
        required = {
            one.key: one for one in case.terms.materials if one.necessity is Necessity.REQUIRED
        }
        exempted = [
            required[one.key]
            for one in case.materials
            if one.state is MaterialState.EXEMPTED and one.key in required
        ]
        twins = Counter[str]()
        saved = 0
        for material in exempted:
            key = share_key(material)
            twins[key] += 1
            saved += self._add((case.application, f"{key}#{twins[key]}"), material)
        return saved

    def _add(self, place: tuple[str, str], material: Material) -> int:
        """The strictest demand of the visit counts, as it would have been asked for."""
        pieces, before = material.originals + material.copies, self._counted.get(place, 0)
        self._counted[place] = max(pieces, before)
        return max(0, pieces - before)
