"""The one way to paper: a form is set, recorded, written as a file, and put into the queue."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

from msgspec.structs import replace

from clerk.contract.printing import Reprint, Sheet
from clerk.errand import Errand, Phase
from clerk.errors import InputError
from clerk.files import write_atomic
from clerk.log import write_event
from exports.papers.forms import Paper, Reprinted
from services.printing import PrintQueue
from services.profile import Profile, read_settings
from services.session import Session
from storage import catalogue
from storage.store import Store

_log = logging.getLogger(__name__)


class Press:
    """Prints in the name of whoever is signed in; papers of a practice say that they are one."""

    def __init__(self, profile: Profile, store: Store, session: Session, queue: PrintQueue) -> None:
        """Put what is printed into this queue."""
        self._store = store
        self._practice = read_settings(profile).practice
        self._session = session
        self.queue = queue
        self.fault: InputError | None = None
        self._numbering = threading.Lock()

    def get_clerk(self) -> str:
        """The name of whoever is signed in."""
        return self._session.get_user().name

    def put(self, paper: Paper, path: Path, known: int = 0, *, errand: Errand | None = None) -> int:
        """Write a paper as a file, whole or not at all; a reprint says which one it is.

        `known` are the reprints that central knows of. Answers which one it is, 0 for the first.
        Raises CancelledError where it is called off while it is set: then it was not printed.
        """
        by, errand = self.get_clerk(), errand or Errand()
        if not paper.reprint:
            self._bring_out(paper, path, by, errand)
            return 0
        with self._numbering:
            reprint = self.queue.next_reprint(path.stem, by, known)
            told = Reprinted(nth=reprint.nth, at=reprint.at, by=reprint.by)
            self._bring_out(replace(paper, reprinted=told), path, by, errand, reprint)
        return reprint.nth

    def time(self, paper: Paper) -> float:
        """How long it takes to set a paper, in seconds; nothing is printed."""
        began = time.monotonic()
        self._set(paper)
        return time.monotonic() - began

    def put_by(self, paper: Paper, path: Path) -> None:
        """The same for what no act gave, as a key card: nobody counts its prints."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        pdf = self._set(paper)
        write_atomic(path, pdf)
        self.queue.offer(Sheet(name=path.name, pdf=pdf, copies=paper.copies), self.get_clerk())

    def _bring_out(
        self, paper: Paper, path: Path, by: str, errand: Errand, reprint: Reprint | None = None
    ) -> None:
        """A reprint is recorded before it lies anywhere, the first print once it does."""
        pdf = self._set(paper)
        errand.tell(Phase.PRINTING)
        errand.make_sure()
        if reprint is not None:
            self.queue.record_reprint(reprint)
        write_atomic(path, pdf)
        if reprint is None:
            self.queue.record_first(path.stem, by)
        self.queue.offer(Sheet(name=path.name, pdf=pdf, copies=paper.copies), by)

    def _set(self, paper: Paper) -> bytes:
        """With the office's own form; where that is wrong, with the shipped one, which is said."""
        from exports.papers.render import render

        with self._store.read() as connection:
            own = catalogue.find_office_forms(connection).as_sources()
        try:
            pdf = render(paper, practice=self._practice, own=own)
        except InputError as fault:
            self.fault = fault
            write_event(_log, "form.wrong", file=fault.parameters["file"])
            return render(paper, practice=self._practice)
        self.fault = None
        return pdf
