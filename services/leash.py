"""The leash of this desk: measured before each receipt, and shown before it holds."""

from __future__ import annotations

import shutil
from pathlib import Path

from clerk.contract.command import ReceiveCase
from clerk.errors import StoreError
from clerk.sync.leash import Limits, Load, Strain, find_refusal, judge
from services.contact import Contact
from storage import outbox
from storage.outbox import Status
from storage.store import Store

__all__ = ["Leash", "Strain"]

_MIB = 1024 * 1024


class Leash:
    """Measures how far this desk has gone without central."""

    def __init__(self, store: Store, folder: Path, contact: Contact, limits: Limits) -> None:
        """Measure the disk that a folder lies on."""
        self._store = store
        self._folder = folder
        self._contact = contact
        self._limits = limits

    def strains(self) -> tuple[Strain, ...]:
        """What is near or over its limit."""
        return judge(self._measure(), self._limits)

    def demand_slack(self) -> None:
        """Refuse one more receipt, with cause and remedy.

        Raises StoreError `leash.unsent`, `leash.catalogue` or `leash.disk`.
        """
        strain = find_refusal(self._measure(), self._limits)
        if strain is not None:
            raise StoreError(strain.code, have=strain.have, limit=strain.limit)

    def _measure(self) -> Load:
        with self._store.read() as connection:
            unsent = sum(
                isinstance(one.command, ReceiveCase) and one.status is not Status.ANSWERED
                for one in outbox.pending(connection)
            )
        age = self._contact.find_age()
        days = age.days if age else 0
        free = shutil.disk_usage(self._folder).free // _MIB
        return Load(unsent_cases=unsent, catalogue_days=days, free_mib=free)
