"""The outbox's statements do what the pure functions say, which are what the simulation runs."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import Connection, select

from clerk.contract.answer import Answer, Conclusion
from clerk.contract.command import AcceptCase
from clerk.errors import StoreError
from clerk.sync import outbox as deciding
from clerk.sync.outbox import Kept, Status
from storage import outbox, resending
from storage.schema import outbox as table
from storage.store import Store
from tests.support.cases import MONDAY

STEPS = 120
ACTS = ("append", "append", "send", "send", "unreached", "answer", "answer", "settle", "back")


class Twin:
    """The same outbox twice: as rows, and as the pure functions keep it."""

    def __init__(self, conn: Connection, chance: Random) -> None:
        self.conn = conn
        self.chance = chance
        self.kept: dict[int, Kept] = {}
        self.last_n = 0

    def do(self, act: str) -> None:
        getattr(self, f"_{act}")()

    def _append(self) -> None:
        self.last_n += 1
        envelope = outbox.append(
            self.conn,
            command_id=f"c{self.last_n}-{self.chance.random()}",
            case_id="case",
            base_version=1,
            command=AcceptCase(),
            user="u",
            at=MONDAY,
        )
        assert envelope.n == self.last_n
        self.kept[self.last_n] = Kept(envelope=envelope)

    def _unsent(self) -> tuple[int, ...]:
        found = tuple(n for n, one in sorted(self.kept.items()) if one.unsent)
        return found[: self.chance.randint(1, 3)]

    def _send(self) -> None:
        numbers = self._unsent()
        outbox.mark_sending(self.conn, numbers)
        self.kept |= {n: deciding.begin_attempt(self.kept[n]) for n in numbers}

    def _unreached(self) -> None:
        numbers = self._unsent()
        outbox.mark_unreached(self.conn, numbers, "line.down")
        self.kept |= {n: deciding.end_unreached(self.kept[n]) for n in numbers}

    def _answer(self) -> None:
        if not self.kept:
            return
        n = self.chance.choice(sorted(self.kept))
        command = self.chance.choice((self.kept[n].envelope.id, "another"))
        conclusion = self.chance.choice((Conclusion.APPLIED, Conclusion.REFUSED))
        answer = Answer(n=n, command=command, conclusion=conclusion, version=2)
        head = self.chance.randint(1, 20)
        outbox.mark_answered(self.conn, answer, head)
        self.kept[n] = deciding.take_answer(self.kept[n], answer, head)

    def _settle(self) -> None:
        cursor = self.chance.randint(1, 20)
        outbox.settle(self.conn, cursor, MONDAY)
        for n, one in self.kept.items():
            if deciding.settles(one, cursor):
                self.kept[n] = Kept(
                    envelope=one.envelope,
                    status=Status.SETTLED,
                    tries=one.tries,
                    answer=one.answer,
                    head=one.head,
                )

    def _back(self) -> None:
        last = self.kept.get(self.last_n)
        if last is not None and deciding.may_take_back(last, self.last_n):
            outbox.take_back(self.conn, self.last_n)
            del self.kept[self.last_n]
            self.last_n -= 1
        elif last is not None:
            with pytest.raises(StoreError):
                outbox.take_back(self.conn, self.last_n)

    def follow(self) -> None:
        central_last_n = self.chance.randint(0, self.last_n)
        resending.follow(self.conn, central_last_n)
        self.kept = {
            n: deciding.follow_restore(one, central_last_n) for n, one in self.kept.items()
        }

    def rows(self) -> dict[int, Kept]:
        found = self.conn.execute(select(table)).all()
        return {row.n: resending._read(row) for row in found}


@pytest.mark.parametrize("seed", range(12))
def test_rows_and_functions_agree(store: Store, seed: int) -> None:
    chance = Random(seed)
    with store.begin() as conn:
        twin = Twin(conn, chance)
        for _ in range(STEPS):
            twin.do(chance.choice(ACTS))
            assert twin.rows() == twin.kept
            assert outbox.last_n(conn) == twin.last_n
            if chance.random() < 0.03:
                twin.follow()
                assert twin.rows() == twin.kept
