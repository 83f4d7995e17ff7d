"""What chance adds to a random month: bundle applications, looks into registers, acts of one."""

from __future__ import annotations

import random
from datetime import timedelta

from sqlalchemy import insert

from central.db import projects
from central.db.engine import Connection
from central.db.lookup_schema import lookups
from central.db.project_schema import projects as project_table
from central.db.schema import commands
from clerk.contract.bundle import Place
from clerk.contract.case import AnyEvent
from clerk.contract.item import Bundle, BundleNode, Item, Option
from clerk.contract.session import Purpose
from clerk.rules.case import Case
from tests.support.cases import CLERK, HANDLER, MONDAY
from tests.support.central import OTHER_CLERK

STAGES = (Option("land", "用地规划"), Option("works", "工程许可"))


def make_bundles(items: tuple[Item, ...]) -> tuple[Bundle, Bundle]:
    """One of two stages, as a construction project has them, and one of a single stage."""

    def bundle(key: str, name: str, stages: tuple[Option, ...], first: int) -> Bundle:
        nodes = tuple(
            BundleNode(item=item.id, stage=stages[n % len(stages)].key, main=n < 1, name=item.name)
            for n, item in enumerate(items[first : first + 4])
        )
        return Bundle(
            id=key, version=1, name=name, lead_department="market", stages=stages, nodes=nodes
        )

    return bundle("works", "工程建设项目", STAGES, 0), bundle("shop", "开店一件事", STAGES[:1], 4)


class Projects:
    """Bundle applications of a month; a case of one of their items may belong to one."""

    def __init__(self, bundles: tuple[Bundle, ...], chance: random.Random) -> None:
        """Begin with none."""
        self._bundles, self._chance = bundles, chance
        self._opened: set[str] = set()

    def find_place(self, item: Item, kind: int) -> Place | None:
        """A place for a case of this item, four times of five."""
        for bundle in self._bundles:
            for node in bundle.nodes:
                if node.item == item.id and self._chance.random() < 0.8:
                    label = next(one.label for one in bundle.stages if one.key == node.stage)
                    return Place(
                        project=f"{bundle.id}-{kind // 9}",
                        title=f"项目{kind // 9 % 20}",
                        bundle=bundle.id,
                        version=1,
                        bundle_name=bundle.name,
                        stage=node.stage,
                        stage_name=label,
                        main=node.main,
                    )
        return None

    def open(self, connection: Connection, case: Case, project: str) -> None:
        """The row of a bundle application, once; it was opened by the first case that came."""
        if case.place is None or project in self._opened:
            return
        self._opened.add(project)
        row = {"id": project, "title": case.place.title, "bundle": case.place.bundle, "version": 1}
        more = {"applicant_number": "", "together": False, "opened_at": case.received_at}
        connection.execute(insert(project_table).values(**row, **more))

    def keep(self, connection: Connection) -> None:
        """The bundles themselves."""
        for one in self._bundles:
            projects.keep_bundle(connection, one)


def look_about(connection: Connection, chance: random.Random, count: int) -> None:
    """So many looks, some before the month and some after it."""
    rows = [
        {
            "id": f"look-{n:07}",
            "at": MONDAY + timedelta(days=chance.randrange(-20, 33), minutes=chance.randrange(400)),
            "user": chance.choice((CLERK, OTHER_CLERK, HANDLER)).id,
            "device": "d",
            "purpose": chance.choice(tuple(Purpose)).value,
            "subject": "",
            "number_digest": "",
            "found": chance.random() < 0.8,
            "sources": "[]",
        }
        for n in range(count)
    ]
    connection.execute(insert(lookups), rows)


def note_commands(connection: Connection, case: Case, acts: list[tuple[int, AnyEvent]]) -> None:
    """That somebody acted on a case: where the report of one's own looks for its cases."""
    rows = [
        {
            "device": "d",
            "incarnation": 1,
            "n": int(case.id.rpartition("-")[2]) * 100 + seq,
            "id": f"command-{case.id}-{seq}",
            "case_id": case.id,
            "kind": type(act).__name__,
            "user": HANDLER.id,
            "at": act.at,
            "arrived_at": act.at,
            "fingerprint": "",
            "body": b"",
        }
        for seq, act in acts
    ]
    if rows:
        connection.execute(insert(commands), rows)
