"""What is put right when a desk starts after it was cut off."""

from __future__ import annotations

from storage import outbox, sync_state
from storage.outbox import Status
from storage.store import Store


def recover(store: Store) -> None:
    """Begin unknown to central, and take back online acts that never left the desk.

    Whoever did them saw no answer and may be gone: sent later, they would be silently queued.
    """
    with store.begin() as connection:
        sync_state.start_run(connection)
        for entry in reversed(outbox.pending(connection)):
            never_left = entry.status is Status.WAITING and entry.tries == 0
            if entry.goes_out_by_itself or not never_left:
                return
            outbox.take_back(connection, entry.n)
