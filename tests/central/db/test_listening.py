"""A commit at one process is heard at another one, without waiting for the watch."""

from __future__ import annotations

from queue import SimpleQueue

from central.db import feed
from central.db.engine import Database
from central.db.feed import Change
from central.db.listening import Listener
from clerk.contract.sync import EntityKind

PATIENCE_S = 20.0


def test_a_commit_is_heard(database: Database) -> None:
    heard: SimpleQueue[frozenset[str] | None] = SimpleQueue()
    listener = Listener(database, heard.put)
    listener.start()
    try:
        if database.on_sqlite:
            assert not listener.listening.is_set(), "one process, nothing to hear"
            return
        assert listener.listening.wait(PATIENCE_S)
        assert heard.get(timeout=PATIENCE_S) is None, "what was missed before is looked for"
        audiences = frozenset({"window:w1", "department:a"})
        for told in (audiences, frozenset(f"window:{n:060}" for n in range(200))):
            change = Change(kind=EntityKind.CASE, id="c", version=1, audiences=told)
            database.commit(lambda connection, change=change: feed.announce(connection, (change,)))  # type: ignore[misc]
        assert heard.get(timeout=PATIENCE_S) == audiences
        assert heard.get(timeout=PATIENCE_S) is None, "too many to name"
    finally:
        listener.stop()
