"""Three registers of others beside a hall: tax, safety supervision, weather, over real sockets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from central.registers.describing import load
from central.service import Central
from clerk.rules.specimens import SpecimenOrganisation, SpecimenPerson
from tests.support.cases import MONDAY
from tests.support.register_server import SampleRegister, describe, running_register

KINDS = {"tax": "税务登记库", "safety": "安全生产监管库", "weather": "防雷检测库"}


class RegisterTown:
    """The registers by id; each holds the people and bodies it was given."""

    def __init__(self, registers: dict[str, SampleRegister]) -> None:
        self.registers = registers

    def __getitem__(self, key: str) -> SampleRegister:
        return self.registers[key]

    def know(self, one: SpecimenPerson | SpecimenOrganisation, **fields: str) -> None:
        """Let every register hold somebody."""
        number = one.uscc if isinstance(one, SpecimenOrganisation) else one.id_number
        record = {"xm": one.name, "zt": "01", "dj": "A", "dh": one.phone, "gxsj": "2026-05-30"}
        for register in self.registers.values():
            register.records[number] = record | fields


@contextmanager
def register_town(
    central: Central, items: dict[str, str] | None = None, **settings: object
) -> Iterator[RegisterTown]:
    """Describe three running registers at central, each for any item unless told."""
    with ExitStack() as stack:
        running = {key: stack.enter_context(running_register()) for key in KINDS}
        described = [
            describe(running[key], key, name, (items or {}).get(key, "*"), **settings)
            for key, name in KINDS.items()
        ]
        central.database.commit(partial(load, loaded=described, now=MONDAY, actor="test"))
        yield RegisterTown(running)
