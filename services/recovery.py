"""What is put right when a desk starts after it was cut off."""

from __future__ import annotations

from datetime import datetime

from storage import feed, outbox, sync_state
from storage.outbox import Status
from storage.store import Store


def recover(store: Store, now: datetime) -> None:
    """Begin unknown to central, and take back online acts that never left the desk.

    What an older program could not read is read now. Whoever did those acts saw no answer and
    may be gone: sent later, they would be silently queued.
    """
    with store.begin() as connection:
        sync_state.start_run(connection)
        feed.read_again(connection, now)
        for entry in reversed(outbox.pending(connection)):
            never_left = entry.status is Status.WAITING and entry.tries == 0
            if entry.goes_out_by_itself or not never_left:
                return
            outbox.take_back(connection, entry.n)
