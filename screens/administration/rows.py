"""What the administrators' lists say: one line for each thing, what it lacks told first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from clerk.contract.administration import (
    ComingChange,
    DeskCondition,
    DeskState,
    LoadState,
    Overview,
    RegisterState,
    ScheduleState,
)
from clerk.contract.user import User
from clerk.errors import InputError
from clerk.locale import _, _n, in_a_row, mark
from clerk.rules.reports.listing import get_report
from clerk.sync.scope import ADMINISTRATION, AUDIT
from screens.administration.acts import Act, acts_on
from screens.lights import name_moment
from screens.telling import explain
from screens.widgets.column import Column
from screens.words import word

QUIET_FOR = timedelta(hours=24)
"""A desk that was not heard of for so long is one to ask after."""

BACKUP_EVERY = timedelta(days=1)
"""A backup that is older than this is told as what lacks."""


@dataclass(frozen=True)
class Line:
    """A thing, its state in a word, since when, and what else is known. `lacks`: look at it.

    `key` is which thing it is, whatever becomes of it and whatever language is spoken.
    """

    kind: str
    name: str
    state: str
    at: str = ""
    more: str = ""
    lacks: bool = False
    quiet: bool = False
    acts: tuple[Act, ...] = ()
    key: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """As the list writes it."""
        return (self.kind, ("! " if self.lacks else "") + self.name, self.state, self.at, self.more)

    @property
    def colour(self) -> str:
        """What lacks something stands out, what is over is quiet."""
        if self.lacks:
            return "listing--red"
        return "listing--grey" if self.quiet else ""


def columns() -> list[Column]:
    """The kind stands in a wide list alone: the tab tells it."""
    return [
        Column(mark("Thing"), 10, 100, groups=True),
        Column(mark("Name"), share=3),
        Column(mark("State"), 14, groups=True),
        Column(mark("Last"), 17),
        Column(mark("More"), 0, 70, share=3, groups=True),
    ]


def _list_desks(told: Overview) -> Iterator[Line]:
    for one in told.desks:
        heard = max(filter(None, (one.greeted_at, one.acted_at)), default=None)
        silent = heard is None or told.at - heard > QUIET_FOR
        off = one.condition is DeskCondition.DISABLED
        state = _(_CONDITIONS[one.condition])
        if one.condition is DeskCondition.WELL and silent:
            state = _("not heard of")
        older = bool(one.program) and one.program != told.service.program
        yield Line(
            kind=_("Desk"),
            name=" · ".join(part for part in (_name_place(one), one.name) if part),
            state=state,
            at=_moment(heard),
            more=_tell_desk(one, older=older),
            lacks=not off and (silent or one.condition is not DeskCondition.WELL or older),
            quiet=off,
            acts=acts_on("desk", id=one.id, condition=one.condition.value),
            key=f"desk {one.id}",
        )


def _name_place(one: DeskState) -> str:
    return {AUDIT: _("Audit"), ADMINISTRATION: _("Administration")}.get(one.place, one.place)


def _tell_desk(one: DeskState, *, older: bool) -> str:
    parts = []
    if one.unsent:
        parts.append(_("{count} unsent when it greeted").format(count=one.unsent))
    if one.program:
        told = _("version {version}, not central's") if older else _("version {version}")
        parts.append(told.format(version=one.program))
    return " · ".join(parts)


_CONDITIONS = {
    DeskCondition.WELL: mark("in order"),
    DeskCondition.GUESSED: mark("too many wrong passwords"),
    DeskCondition.QUARANTINED: mark("quarantined"),
    DeskCondition.DISABLED: mark("disabled"),
}


def _list_users(told: Overview) -> Iterator[Line]:
    for one in sorted(told.users, key=lambda user: (not user.disabled, user.login)):
        yield Line(
            kind=_("User"),
            name=f"{one.login}  {one.name}",
            state=_("locked") if one.disabled else _("may sign in"),
            more=_tell_roles(one, told.departments),
            quiet=one.disabled,
            acts=acts_on("user", login=one.login, disabled=one.disabled),
            key=f"user {one.login}",
        )


def _tell_roles(user: User, departments: dict[str, str]) -> str:
    where = departments.get(user.department, user.department)
    return " · ".join(part for part in (where, *map(word, user.roles)) if part)


def _list_schedules(told: Overview) -> Iterator[Line]:
    for one in told.schedules:
        failed = one.state in {"failed", "waiting"}
        yield Line(
            kind=_("Schedule"),
            name=f"{one.number}  {_title_of(one)} → {one.target}",
            state=_(_RUNS[one.state]),
            at=_moment(one.due_at),
            more=_tell_schedule(one),
            lacks=failed,
            acts=acts_on("schedule", number=one.number),
            key=f"schedule {one.number}",
        )


_RUNS = {
    "": mark("not made yet"),
    "done": mark("delivered"),
    "working": mark("being made"),
    "waiting": mark("tried again"),
    "failed": mark("not delivered"),
}


def _title_of(one: ScheduleState) -> str:
    try:
        return _(get_report(one.report).title)
    except InputError:
        return one.report


def _tell_schedule(one: ScheduleState) -> str:
    following = _("next: {due}").format(due=_moment(one.next_due) or "–")
    problem = explain(one.problem, one.parameters).what if one.problem else ""
    return in_a_row(problem, following)


def _list_data(told: Overview) -> Iterator[Line]:
    yield from map(_of_register, told.registers)
    yield from map(_of_load, told.loads)
    for one in told.packages:
        yield Line(
            kind=_("Package"),
            name=f"{one.dataset} → {one.subscriber}",
            state=_("version {version}").format(version=one.version),
            at=_moment(one.published_at),
            acts=acts_on("package", dataset=one.dataset),
            key=f"package {one.dataset} {one.subscriber}",
        )


def _of_register(one: RegisterState) -> Line:
    return Line(
        kind=_("Register"),
        name=f"{one.id}  {one.name}",
        state=_("asked") if one.asked else _("not asked"),
        at=_moment(one.changed_at),
        more=_("description {version}").format(version=one.version),
        quiet=not one.asked,
        acts=acts_on("register", id=one.id, asked=one.asked),
        key=f"register {one.id}",
    )


def _of_load(one: LoadState) -> Line:
    told = _("Rows: {read}, refused: {refused}")
    return Line(
        kind=_("Load"),
        name=f"{one.kind}  {one.name}",
        state=_("loaded") if one.ended_at else _("broken off"),
        at=_moment(one.ended_at or one.began_at),
        more=told.format(read=f"{one.read:,}", refused=f"{one.refused:,}"),
        lacks=one.ended_at is None,
        acts=acts_on("load", kind=one.kind),
        key=f"load {one.kind} {one.name} {one.began_at}",
    )


def _list_catalogue(told: Overview) -> Iterator[Line]:
    one = told.catalogue
    count = _("Items: {items}, bundles: {bundles}")
    yield Line(
        kind=_("Catalogue"),
        name=_("In force"),
        state=count.format(items=f"{one.items:,}", bundles=f"{one.bundles:,}"),
        at=_moment(one.changed_at),
        more=_("calendar {version}").format(version=one.calendar) if one.calendar else "",
        lacks=not one.calendar,
        acts=acts_on("catalogue"),
        key="catalogue",
    )
    yield from map(_of_change, told.coming)


def _of_change(one: ComingChange) -> Line:
    why_not = explain(one.problem, one.parameters).what if one.problem else ""
    changes = _("bundle changes") if one.bundle else _("item changes")
    return Line(
        kind=_("Coming"),
        name=f"{one.id}  {one.name}",
        state=_("cannot come") if why_not else _("is withdrawn") if one.withdraws else changes,
        at=one.on.isoformat(),
        more=why_not,
        lacks=bool(why_not),
        acts=acts_on("coming", id=one.id, day=one.on.isoformat()),
        key=f"coming {one.id} {one.on}",
    )


def _list_service(told: Overview) -> Iterator[Line]:
    one = told.service
    yield Line(
        kind=_("Central"),
        name=_("Central, version {version}").format(version=one.program),
        state=_("serving"),
        at=_moment(told.at),
        more=_n("{count} desk in contact", "{count} desks in contact", one.waiting).format(
            count=one.waiting
        ),
        key="central",
    )
    old = one.backed_up_at is None or told.at - one.backed_up_at > BACKUP_EVERY
    if one.on_server:
        state, more = _("by the server"), _("Its own means back it up; central does not see them.")
    else:
        state, more = _("older than a day") if old else _("in order"), one.backup
    if one.backed_up_at is None and not one.on_server:
        state = _("never")
    yield Line(
        kind=_("Backup"),
        name=_("Backup of the database"),
        state=state,
        at=_moment(one.backed_up_at),
        more=more,
        lacks=old and not one.on_server,
        acts=acts_on("backup", on_server=one.on_server),
        key="backup",
    )
    if one.restored_at is not None:
        yield Line(
            kind=_("Backup"),
            name=_("Restored from a backup"),
            state=_("generation {id}").format(id=one.generation[:8]),
            at=_moment(one.restored_at),
            key="restored",
        )


def _moment(at: datetime | None) -> str:
    return name_moment(at) if at else ""


_Maker = Callable[[Overview], Iterator[Line]]
TABS: dict[str, tuple[str, _Maker]] = {
    "desks": (mark("Desks"), _list_desks),
    "users": (mark("Users"), _list_users),
    "schedules": (mark("Reports by themselves"), _list_schedules),
    "data": (mark("Registers and packages"), _list_data),
    "catalogue": (mark("Catalogue"), _list_catalogue),
    "service": (mark("Central and backups"), _list_service),
}
LACKING = "lacking"


def list_all(told: Overview) -> dict[str, Sequence[Line]]:
    """Every list by its key; what lacks something stands first in each, and in one of its own."""
    found: dict[str, Sequence[Line]] = {
        key: sorted(make(told), key=lambda one: not one.lacks)
        for key, (_title, make) in TABS.items()
    }
    lacking = [one for lines in found.values() for one in lines if one.lacks]
    return {LACKING: lacking, **found}
