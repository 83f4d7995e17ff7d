"""What only several cases together tell an auditor (rules R07 and R08)."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from datetime import timedelta

from clerk.contract.supervision import Finding, RatingFact
from clerk.rules.clock.moments import localize
from clerk.rules.supervision.patterns import ActiveRules

_COUNTED = ("R04", "R05", "R06")
"""Rules whose findings are about a person's own acts."""


def find_one_device(ratings: Iterable[RatingFact], rules: ActiveRules) -> tuple[Finding, ...]:
    """Rule R07: ratings that came from one device too close together.

    A run of them is found once, at the rating with which it became too many. At a window's own
    desk all its visitors rate: there only those are too close that no visits can lie between.
    """
    parameters = rules.find("R07")
    if parameters is None:
        return ()
    found = []
    by_device: dict[str, deque[RatingFact]] = defaultdict(deque)
    least = parameters["least"]
    for rating in sorted(ratings, key=lambda one: (one.at, one.id)):
        run, minutes = by_device[rating.device], _minutes(rating, parameters)
        while run and rating.at - run[0].at > timedelta(minutes=minutes):
            run.popleft()
        run.append(rating)
        if len(run) >= least:
            found.append(_on_device(run, parameters))
            run.clear()
    return tuple(found)


def find_one_person(findings: Sequence[Finding], rules: ActiveRules) -> tuple[Finding, ...]:
    """Rule R08: many findings on one person's own acts within a month of the office.

    It is found once for a person and month, at the finding with which they became many.
    """
    parameters = rules.find("R08")
    if parameters is None:
        return ()
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for one in sorted(findings, key=lambda one: (one.at, one.id)):
        if one.rule in _COUNTED:
            groups[one.actor, f"{localize(one.at):%Y-%m}"].append(one)
    least = max(1, parameters["least"])
    return tuple(
        _on_person(month, some[:least])
        for (_actor, month), some in sorted(groups.items())
        if len(some) >= least
    )


def _minutes(rating: RatingFact, parameters: dict[str, int]) -> int:
    return parameters["desk_minutes" if rating.at_desk else "minutes"]


def _on_device(run: Sequence[RatingFact], parameters: dict[str, int]) -> Finding:
    last = run[-1]
    return Finding(
        id=f"R07|{run[0].id}",
        rule="R07",
        at=last.at,
        actor=last.clerk,
        actor_name=last.clerk_name,
        case_number=last.case_number,
        department=last.department,
        window=last.window,
        parameters={"count": str(len(run)), "minutes": str(_minutes(last, parameters))},
    )


def _on_person(month: str, some: Sequence[Finding]) -> Finding:
    last = some[-1]
    rules = " ".join(sorted({one.rule for one in some}))
    told = {"count": str(len(some)), "person": last.actor_name, "month": month, "rules": rules}
    return Finding(
        id=f"R08|{last.actor}|{month}",
        rule="R08",
        at=last.at,
        actor=last.actor,
        actor_name=last.actor_name,
        department=last.department,
        parameters=told,
    )
