"""The commands of `clerk-central` that set it up and run it."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from functools import partial
from importlib.metadata import version

import msgspec

from central import staff
from central.db.engine import Connection, Database
from central.seed.calendar import lay_calendar
from central.service import Central
from central.sync.enrol import give_code
from clerk import parsing
from clerk.clock import Clock
from clerk.contract.user import Role, User
from clerk.errors import InputError
from clerk.locale import _
from clerk.parsing import Subparsers
from clerk.sync.scope import ADMINISTRATION
from clerk.watched import watched

DEFAULT_PORT = 8600

Run = Callable[[argparse.Namespace, Database, Clock], int]


def add_arguments(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add the commands; `run` in the defaults carries one out."""
    add_command(
        subparsers, "init", _("make the database, or bring it to the present schema"), _init
    )
    serve = add_command(subparsers, "serve", _("serve the desks until stopped"), _serve)
    serve.add_argument("--host", default="127.0.0.1", help=_("the address to listen at"))
    serve.add_argument(
        "--port",
        type=int,
        default=DEFAULT_PORT,
        help=_("the port (default {port})").format(port=DEFAULT_PORT),
    )
    code = add_command(
        subparsers, "enrol-code", _("give a one-time code for a new desk"), _enrol_code
    )
    place = code.add_mutually_exclusive_group(required=True)
    place.add_argument("--window", default="", metavar="ID", help=_("a desk at this window"))
    place.add_argument(
        "--department", default="", metavar="ID", help=_("a desk of this department")
    )
    place.add_argument("--audit", action="store_true", help=_("a desk of the auditors"))
    add_administration(place)
    add_command(subparsers, "openapi", _("print the description of the interface"), _openapi)
    _add_user(subparsers)


def _add_user(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    text = _("add, list, disable and enable users, and set passwords")
    users = subparsers.add_parser("user", help=text, description=text)
    acts = users.add_subparsers(metavar=_("ACT"), required=True)
    adding = add_command(acts, "add", _("add a user; the password is asked for"), _user_add)
    adding.add_argument("login", help=_("what they sign in with"))
    adding.add_argument("--name", required=True, help=_("how others see them"))
    adding.add_argument(
        "--role",
        required=True,
        action="append",
        choices=[role.value for role in Role],
        metavar="ROLE",
        help=_("a role; may be given several times: {roles}").format(
            roles=", ".join(role.value for role in Role)
        ),
    )
    adding.add_argument(
        "--department", default="", metavar="ID", help=_("their department; none for the centre")
    )
    add_command(acts, "list", _("list all users"), _user_list)
    disabling = add_command(acts, "disable", _("let a user in no more"), _user_disable)
    disabling.add_argument("login", help=_("what they sign in with"))
    enabling = add_command(acts, "enable", _("let a disabled user in again"), _user_enable)
    enabling.add_argument("login", help=_("what they sign in with"))
    renewing = add_command(acts, "password", _("set another password"), _user_password)
    renewing.add_argument("login", help=_("what they sign in with"))
    for one in (adding, renewing):
        one.add_argument(
            "--password-stdin", action="store_true", help=_("read the password from stdin")
        )


def add_administration(place: argparse._MutuallyExclusiveGroup) -> None:
    """Let a desk be of the administrators, instead of the other places."""
    place.add_argument(
        "--administration", action="store_true", help=_("a desk of the administrators")
    )


def department_of(arguments: argparse.Namespace) -> str:
    """The department of a place that was named, or what stands for the administrators'."""
    return ADMINISTRATION if arguments.administration else str(arguments.department)


def add_command(
    subparsers: Subparsers[argparse.ArgumentParser], name: str, text: str, run: Run
) -> argparse.ArgumentParser:
    """Add one command with what carries it out."""
    return parsing.add_command(subparsers, name, text, run=run)


def _init(_arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    with watched() as errand:
        Central(database, clock).init(errand)
        database.commit(partial(lay_calendar, at=clock.now()))
    _say(_("The database is ready."))
    return 0


def _serve(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    from central.running import listen, serve

    central = Central(database, clock)
    central.demand_ready()
    try:
        listener = listen(arguments.host, arguments.port)
        _say(_("Serving at http://{host}:{port}").format(host=arguments.host, port=arguments.port))
        serve(central, listener)
    finally:
        central.close()
    return 0


def _enrol_code(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    code = database.commit(
        partial(
            give_code,
            window=arguments.window,
            department=department_of(arguments),
            now=clock.now(),
            audit_desk=arguments.audit,
        )
    )
    _say(code)
    return 0


def _openapi(_arguments: argparse.Namespace, _database: Database, _clock: Clock) -> int:
    from central.http.openapi import describe_interface

    described = msgspec.json.encode(describe_interface(version("clerk")))
    _say(msgspec.json.format(described, indent=2).decode())
    return 0


def _user_add(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    roles = tuple(Role(one) for one in dict.fromkeys(arguments.role))
    wanted = User(
        id="",
        login=arguments.login,
        name=arguments.name,
        roles=roles,
        department=arguments.department,
    )
    staff.demand_fit(wanted)
    password = _read_password(arguments)
    now = clock.now()
    database.commit(partial(staff.add_user, wanted=wanted, password=password, now=now))
    _say(_("{login} may sign in.").format(login=arguments.login))
    return 0


def _user_list(_arguments: argparse.Namespace, database: Database, _clock: Clock) -> int:
    with database.read() as connection:
        for user in staff.list_users(connection):
            _say(_describe(user))
    return 0


def _describe(user: User) -> str:
    roles = ", ".join(role.value for role in user.roles)
    state = _("disabled") if user.disabled else ""
    return f"{user.login}\t{user.name}\t{user.department}\t{roles}\t{state}".rstrip()


def _user_disable(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    def act(connection: Connection) -> None:
        staff.disable_user(connection, arguments.login, clock.now())

    database.commit(act)
    _say(_("{login} may sign in no more.").format(login=arguments.login))
    return 0


def _user_enable(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    enabling = partial(staff.enable_user, login=arguments.login, now=clock.now())
    database.commit(enabling)
    _say(_("{login} may sign in again.").format(login=arguments.login))
    return 0


def _user_password(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    password = _read_password(arguments)

    def act(connection: Connection) -> None:
        staff.set_password(connection, arguments.login, password, clock.now())

    database.commit(act)
    _say(_("{login} has another password.").format(login=arguments.login))
    return 0


def _read_password(arguments: argparse.Namespace) -> str:
    if arguments.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass(_("Password: "))
    if getpass.getpass(_("The same again: ")) != password:
        raise InputError("password.differs")
    return password


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
