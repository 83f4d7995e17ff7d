"""The usual pace of a bundle application: medians of what items took, in place of their limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from clerk.contract.limits import Limit
from clerk.contract.usual_time import UsualTime
from clerk.rules.bundle.schedule import Task


def at_usual_pace(tasks: Sequence[Task], usual: Mapping[str, UsualTime]) -> list[Task]:
    """The tasks with medians in place of limits; none where no median is known."""
    medians = {key: one.median_days for key, one in usual.items() if one.median_days is not None}
    if not any(task.item in medians for task in tasks):
        return []
    return [
        msgspec.structs.replace(task, limit=Limit(medians[task.item]))
        if task.item in medians
        else task
        for task in tasks
    ]
