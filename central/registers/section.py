"""One register of others within a look: may it be asked, and what becomes of its answer."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial

import msgspec

from central import access
from central.access import Caller
from central.db import lookups, register_answers
from central.db.engine import Connection
from central.db.lookups import Look
from central.db.register_answers import KeptAnswer
from central.registers.description import Description
from central.registers.known import Known, get_known
from central.registers.lookup import party_kind_of, sight_of
from central.registers.outside.answer import About
from central.registers.outside.register import Found, Kept
from central.registers.own import own_registers
from central.registers.purpose import Sought, read_number
from central.registers.recording import record_answer
from central.registers.sight import fields_of_window
from central.service import Central
from clerk.contract.register import AskRegister, RegisterAnswer
from clerk.contract.session import Purpose
from clerk.decoding import decode
from clerk.errors import RefusedError
from clerk.log import write_event
from clerk.rules.case import fold

LOOK_LASTS = timedelta(hours=12)
_log = logging.getLogger(__name__)


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """What asking needs, read in one go: the database is not held while a register thinks."""

    caller: Caller
    look: Look
    known: Known
    sought: Sought
    fields: frozenset[str]
    about: About
    kept: Kept | None

    def __repr__(self) -> str:
        """Nothing of it."""
        return "Prepared()"


async def ask_register(
    central: Central, prepare: partial[Prepared], *, anew: bool
) -> RegisterAnswer:
    """Ask a register of others; its answer is on record before it leaves.

    It runs in the loop: a register that hangs takes no thread from anybody.
    """
    prepared = await central.workers.run(prepare)
    known, began = prepared.known, central.clock.monotonic_ms()
    register = central.outside.get(known.description, known.version)
    found = await register.find(prepared.about, prepared.kept, anew=anew)
    took = central.clock.monotonic_ms() - began
    answer = _answer(prepared, found, central)
    told = {"register": answer.register, "state": answer.state.value}
    central.metrics.count("clerk_register_answers_total", **told, problem=answer.problem)
    write_event(_log, "register.asked", **told, problem=answer.problem, elapsed_ms=took)
    concluding = partial(_conclude, prepared=prepared, found=found, answer=answer)
    await central.workers.run(partial(central.database.commit, concluding))
    return answer


def prepare(connection: Connection, look_id: str, ask: AskRegister, caller: Caller) -> Prepared:
    """Whether this may be asked within that look. Raises RefusedError."""
    look = lookups.find(connection, look_id)
    if look is None or (look.user, look.device) != (caller.user.id, caller.device.id):
        raise RefusedError("lookup.unknown")
    if caller.now - look.at > LOOK_LASTS:
        raise RefusedError("lookup.over")
    sought = _seek(connection, look, ask, caller)
    known = get_known(connection, ask.register)
    fields = sight_of(known, caller, sought, look.purpose)
    holds = party_kind_of(sought.id_kind) in known.description.holds
    if not (fields and holds and known.description.outside):
        raise RefusedError("register.not_needed", register=known.description.name)
    kept = register_answers.find_kept(
        connection, known.description.id, look.number_digest, known.version
    )
    return Prepared(
        caller=caller,
        look=look,
        known=known,
        sought=sought,
        fields=fields,
        about=_about(connection, sought),
        kept=decode(kept, Kept) if kept else None,
    )


def _seek(connection: Connection, look: Look, ask: AskRegister, caller: Caller) -> Sought:
    """The very number of the look; of a case central knows it."""
    if look.purpose is Purpose.CASE:
        access.demand_role(caller.user, access.CASE_WORKERS)
        case = fold(access.get_seen_record(connection, caller.device, look.subject))
        applicant = case.applicant
        return Sought(
            id_kind=applicant.id_kind, number=applicant.id_number, items=(case.terms.item,)
        )
    number = read_number(ask.id_kind, ask.id_number, caller)
    if lookups.digest(connection, number) != look.number_digest:
        raise RefusedError("lookup.other_number")
    items = ask.items if look.purpose is Purpose.DRAFT else ()
    return Sought(id_kind=ask.id_kind, number=number, items=items)


def _about(connection: Connection, sought: Sought) -> About:
    """With the name that central's own register has: an answer under another is not believed."""
    found = (
        one.find(sought.id_kind, sought.number)
        for one in own_registers(connection)
        if one.holds(sought.id_kind)
    )
    holding = next((one for one in found if one), None)
    name = holding.name if holding else ""
    return About(id_kind=sought.id_kind, id_number=sought.number, name=name)


def _answer(prepared: Prepared, found: Found, central: Central) -> RegisterAnswer:
    now, description = central.clock.now(), prepared.known.description
    kept = found.kept
    facts = kept.said.facts if kept else ()
    return RegisterAnswer(
        register=description.id,
        name=description.name,
        state=found.state,
        at=now,
        as_of=(kept.said.as_of or kept.at) if kept else None,
        age_s=max(0, int((now - kept.at).total_seconds())) if kept else 0,
        facts=tuple(one for one in facts if one.key in prepared.fields),
        problem=found.problem,
    )


def _conclude(
    connection: Connection, prepared: Prepared, found: Found, answer: RegisterAnswer
) -> None:
    if found.fresh and found.kept is not None and _keeps(prepared.known.description):
        kept = KeptAnswer(
            register=answer.register,
            number_digest=prepared.look.number_digest,
            version=prepared.known.version,
            at=found.kept.at,
            body=msgspec.json.encode(found.kept),
        )
        register_answers.keep(connection, kept)
    caller = msgspec.structs.replace(prepared.caller, now=answer.at)
    description, items = prepared.known.description, prepared.sought.items
    public = {description.id: fields_of_window(description, items)}
    record_answer(connection, prepared.look, caller, answer, items, public=public)


def _keeps(description: Description) -> bool:
    return description.older_s > 0
