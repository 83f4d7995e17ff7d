"""Papers that are out already keep their numbers when central has lost their act."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from sqlalchemy import text

from central.acts.numbering import number_documents
from central.db.audit import Entry, append
from central.db.counters import end_skipping, skip_numbers
from central.db.engine import Connection
from central.restoring import mark_restored
from central.service import Central
from clerk.contract.case import Accepted, Decided, Outcome
from clerk.contract.user import Actor
from tests.support.cases import MONDAY, CaseStory

BY = Actor(user="u", name="窗口甲")
CASE = CaseStory().received().case


def test_both_papers_of_one_act_keep_their_numbers(central: Central) -> None:
    events = (
        Accepted(at=MONDAY, by=BY),
        Decided(at=MONDAY, by=BY, step="decide", outcome=Outcome.GRANTED, opinion="可"),
    )
    given = ("市监受〔2026〕7号", "市监准〔2026〕9号")

    def number(connection: Connection, given: tuple[str, ...]) -> list[str]:
        numbered = number_documents(connection, CASE, events, given)
        return [getattr(one, "document", "") for one in numbered]

    central.database.commit(partial(skip_numbers, skipped=1_000))
    assert central.database.commit(partial(number, given=given)) == [*given]
    assert central.database.commit(partial(number, given=())) == [
        "市监受〔2026〕1001号",
        "市监准〔2026〕1001号",
    ]


def test_papers_from_between_two_restores_of_one_backup_keep_their_numbers(
    central: Central,
) -> None:
    """What the first restored central gave out is given again by none but its own act."""

    def number(connection: Connection, given: tuple[str, ...] = ()) -> str:
        (event,) = number_documents(connection, CASE, (Accepted(at=MONDAY, by=BY),), given)
        return str(getattr(event, "document", ""))

    def lose(connection: Connection) -> None:
        for table in ("document_counters", "audit"):
            connection.execute(text(f"delete from {table}"))  # noqa: S608
        end_skipping(connection)
        known = Entry(at=MONDAY, actor="console", action="backup", subject="", detail={})
        append(connection, known)

    def restore(hours: int) -> None:
        now = MONDAY + timedelta(hours=hours)
        central.database.commit(lambda connection: mark_restored(connection, now))

    central.database.commit(lose)
    restore(1)
    first = central.database.commit(number)
    central.database.commit(lose)
    restore(5)
    second = central.database.commit(number)
    assert second != first
    assert central.database.commit(partial(number, given=(first,))) == first
    assert central.database.commit(partial(number, given=(first,))) not in {first, second}
    restore(6)
    early = "市监受〔2026〕7号"
    assert central.database.commit(partial(number, given=(early,))) == early, "still waited for"
