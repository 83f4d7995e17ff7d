"""Hearing of other processes' commits on PostgreSQL, over a direct connection of its own.

A pooler that hands each transaction on (pgbouncer) lets nobody listen: CLERK_DATABASE_DIRECT names
the server behind it. Where there is none, the watch that looks each second does it alone.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable

import psycopg

from central.db.dialect import CHANNEL, EVERYBODY
from central.db.engine import Database
from clerk.log import write_event

DIRECT = "CLERK_DATABASE_DIRECT"
_LOOKED_EVERY_S = 0.5
_AGAIN_AFTER_S = 5.0
_log = logging.getLogger(__name__)

Heard = Callable[[frozenset[str] | None], None]


class Listener:
    """Calls `heard` with the audiences of each commit elsewhere; None for everybody."""

    def __init__(self, database: Database, heard: Heard) -> None:
        """Do nothing until `start`; on SQLite there is nothing to hear."""
        address = database.engine.url.set(drivername="postgresql")
        told = os.environ.get(DIRECT) or address.render_as_string(hide_password=False)
        self._address = "" if database.on_sqlite else told
        self._heard = heard
        self._ended = threading.Event()
        self.listening = threading.Event()
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)

    def start(self) -> None:
        """Listen from now on."""
        if self._address:
            self._thread.start()

    def stop(self) -> None:
        """Listen no more."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                self._listen()
            except psycopg.Error as error:
                self.listening.clear()
                write_event(_log, "listener.lost", reason=type(error).__name__)
                self._ended.wait(_AGAIN_AFTER_S)

    def _listen(self) -> None:
        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute(f"listen {CHANNEL}".encode())
            self.listening.set()
            self._heard(None)  # whatever was missed meanwhile
            while not self._ended.is_set():
                for notice in connection.notifies(timeout=_LOOKED_EVERY_S):
                    told = notice.payload
                    self._heard(None if told == EVERYBODY else frozenset(told.split("\n")))
