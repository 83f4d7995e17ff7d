"""The registers of others that this process asks, each as its newest description says."""

from __future__ import annotations

import asyncio

from central.registers.description import Description
from central.registers.outside.register import OutsideRegister
from clerk.clock import Clock


class OutsideRegisters:
    """Keeps breakers and connections from one ask to the next; a new description begins anew.

    They belong to the event loop that serves: it alone may call this.
    """

    def __init__(self, clock: Clock) -> None:
        """Begin with none."""
        self._clock = clock
        self._known: dict[str, tuple[int, OutsideRegister]] = {}
        self._leaving: set[asyncio.Task[None]] = set()

    def get(self, description: Description, version: int) -> OutsideRegister:
        """The register of this description; what an older version held is let go of."""
        known = self._known.get(description.id)
        if known is not None and known[0] == version:
            return known[1]
        register = OutsideRegister(description, self._clock)
        self._known[description.id] = (version, register)
        if known is not None:
            leaving = asyncio.get_running_loop().create_task(known[1].close())
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)
        return register

    async def close(self) -> None:
        """Let go of every connection."""
        for _version, register in self._known.values():
            await register.close()
        self._known.clear()
