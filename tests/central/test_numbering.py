"""Papers that are out already keep their numbers when central has lost their act."""

from __future__ import annotations

from functools import partial

from central.acts.numbering import number_documents
from central.db.counters import skip_numbers
from central.db.engine import Connection
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

    central.database.commit(skip_numbers)
    assert central.database.commit(partial(number, given=given)) == [*given]
    assert central.database.commit(partial(number, given=())) == [
        "市监受〔2026〕1001号",
        "市监准〔2026〕1001号",
    ]
