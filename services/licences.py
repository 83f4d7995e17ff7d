"""Licences at the desk: the sealed PDF that central made, printed where it is handed out."""

from __future__ import annotations

from pathlib import Path

from clerk.contract.scan import MediaType, Scan
from clerk.errand import Errand
from clerk.errors import InputError, StoreError
from clerk.files import write_atomic
from clerk.rules.case import Case, fold
from services.overlay import lay
from services.profile import Profile
from services.scan_fetching import ScanFetcher
from storage.store import Store
from storage.vault import Vault


class Licences:
    """Fetches sealed licences: central's own bytes, for a print of anything else is no licence."""

    def __init__(self, profile: Profile, store: Store, vault: Vault, fetcher: ScanFetcher) -> None:
        """Print into this profile's folder."""
        self._folder = profile.papers
        self._store = store
        self._vault = vault
        self._fetcher = fetcher

    def print_licence(self, case_id: str) -> Path:
        """The sealed licence of a case as a file.

        Raises InputError `licence.being_sealed` or `licence.no_paper`, StoreError
        `case.unknown` or `scan.damaged`, and what the line raises.
        """
        case = self._find_case(case_id)
        if case is None:
            raise StoreError("case.unknown")
        paper = case.licence_paper
        if paper is None:
            code = "licence.being_sealed" if case.sealing else "licence.no_paper"
            raise InputError(code, number=case.licence)
        blob = self._fetcher.fetch(
            case_id,
            Scan(
                sha256=paper.sha256,
                material="",
                media_type=MediaType.PDF.value,
                size=paper.size,
                name=case.licence,
            ),
            Errand(),
        )
        path = self._folder / f"{case.number}-licence.pdf"
        write_atomic(path, b"".join(self._vault.read(blob)))
        return path

    def find_licence(self, case_id: str) -> Path | None:
        """The sealed licence of a case, or nothing where it has none. Raises as the other does."""
        case = self._find_case(case_id)
        return self.print_licence(case_id) if case and case.licence_paper else None

    def _find_case(self, case_id: str) -> Case | None:
        with self._store.read() as connection:
            record = lay(connection, case_id).record
        return fold(record) if record else None
