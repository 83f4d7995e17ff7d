"""`clerk-central seal`: keys and certificates of departments, made, installed, listed, retired."""

from __future__ import annotations

import argparse
import getpass
import sys
from datetime import datetime
from functools import partial
from pathlib import Path

from cryptography import x509

from central.commands import add_command
from central.db import licence_papers, offices, seals
from central.db.engine import Connection, Database
from central.db.seals import Seal
from central.seals import keeping
from central.seals.keeping import Doing
from central.seals.making import YEARS, make_pair, read_pair
from central.seals.passphrase import get_passphrase, read_passphrase
from central.seals.token import TokenPlace
from central.seals.trying import demand_signs
from clerk.clock import Clock, begin_of_day
from clerk.errors import InputError
from clerk.files import write_atomic
from clerk.locale import _, _n
from clerk.parsing import Subparsers


def add_arguments(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add `seal` with its acts; `run` in the defaults carries one out."""
    text = _("make, install, list and retire the digital seals of departments")
    parser = subparsers.add_parser("seal", help=text, description=text)
    acts = parser.add_subparsers(metavar=_("ACT"), required=True)
    making = _of_department(acts, "make", _("make a key with a certificate of its own"), _make)
    making.add_argument("--years", type=int, default=YEARS, help=_("for how many years"))
    asking = _of_department(acts, "request", _("write a request for an authority"), _request)
    asking.add_argument("file", type=Path, help=_("the file to write"))
    taking = _of_department(
        acts, "certificate", _("take the certificate that an authority issued"), _certificate
    )
    taking.add_argument("file", type=Path, help=_("a PEM file: the certificate, then its chain"))
    installing = _of_department(acts, "install", _("install a key from a PKCS#12 file"), _install)
    installing.add_argument("file", type=Path, help=_("a .p12 or .pfx file"))
    installing.add_argument(
        "--passphrase-file", type=Path, required=True, help=_("a file with its passphrase")
    )
    token = _of_department(acts, "token", _("use a key that lies in a token (PKCS#11)"), _token)
    token.add_argument("--token", required=True, help=_("the label of the token"))
    token.add_argument("--key", required=True, help=_("the label of the key"))
    token.add_argument("--certificate", type=Path, required=True, help=_("its PEM file"))
    retiring = _of_department(acts, "retire", _("let a seal be used no more"), _retire)
    retiring.add_argument(
        "--lost-since", metavar=_("DAY"), help=_("the key may be in other hands since that day")
    )
    add_command(acts, "list", _("list all seals, and how many papers wait"), _list)
    address = add_command(acts, "address", _("set the address that QR codes lead to"), _address)
    address.add_argument("url", metavar="URL", help=_("such as https://licences.example"))


def _of_department(
    acts: Subparsers[argparse.ArgumentParser], name: str, text: str, run: object
) -> argparse.ArgumentParser:
    parser = add_command(acts, name, text, run)  # type: ignore[arg-type]
    parser.add_argument("department", metavar=_("DEPARTMENT"), help=_("the department's id"))
    return parser


def _make(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    doing, passphrase = _doing(arguments, clock), get_passphrase()

    def act(connection: Connection) -> Seal:
        name = offices.get_department(connection, doing.department).name
        pair = make_pair(name, doing.at, arguments.years)
        return keeping.install_pair(connection, pair, passphrase, doing)

    return _tell_installed(database.commit(act))


def _request(arguments: argparse.Namespace, database: Database, _clock: Clock) -> int:
    with database.read() as connection:
        request = keeping.request_certificate(connection, arguments.department, get_passphrase())
    write_atomic(arguments.file, request)
    _say(_("The request is at {path}").format(path=arguments.file))
    return 0


def _certificate(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    act = partial(
        keeping.install_certificate,
        pem=_read(arguments.file),
        passphrase=get_passphrase(),
        doing=_doing(arguments, clock),
    )
    return _tell_installed(database.commit(act))


def _install(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    theirs = read_passphrase(arguments.passphrase_file).encode()
    pair = read_pair(_read(arguments.file), theirs)
    act = partial(
        keeping.install_pair,
        pair=pair,
        passphrase=get_passphrase(),
        doing=_doing(arguments, clock),
    )
    return _tell_installed(database.commit(act))


def _token(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    doing = _doing(arguments, clock)
    place = TokenPlace(arguments.token, arguments.key)
    pem = _read(arguments.certificate)

    def act(connection: Connection) -> Seal:
        seal = keeping.install_token(connection, place, pem, doing)
        demand_signs(seal, doing.at)
        return seal

    return _tell_installed(database.commit(act))


def _retire(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    lost = _read_day(arguments.lost_since) if arguments.lost_since else None
    doing = _doing(arguments, clock)
    database.commit(partial(keeping.retire, doing=doing, lost_since=lost))
    _say(_("The seal of {department} is retired.").format(department=arguments.department))
    return 0


def _list(_arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    with database.read() as connection:
        for seal in seals.list_all(connection):
            _say(_describe(seal, clock.now()))
        waiting = licence_papers.count_waiting(connection)
    _say(
        _n(
            "{count} licence waits for its seal.", "{count} licences wait for their seal.", waiting
        ).format(count=waiting)
    )
    return 0


def _address(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    doing = Doing("", clock.now(), getpass.getuser())
    database.commit(partial(keeping.set_address, url=arguments.url, doing=doing))
    _say(_("QR codes lead to {url} from now on.").format(url=arguments.url))
    return 0


def _describe(seal: Seal, now: datetime) -> str:
    certificate = x509.load_der_x509_certificate(seal.certificate)
    until = certificate.not_valid_after_utc
    if seal.lost_at:
        state = _("lost since {day}").format(day=f"{seal.lost_at:%F}")
    elif seal.retired_at:
        state = _("retired")
    else:
        state = _("in use") if until > now else _("run out")
    return "\t".join((seal.department, seal.id[:16], seal.keeping, f"{until:%F}", state))


def _tell_installed(seal: Seal) -> int:
    until = x509.load_der_x509_certificate(seal.certificate).not_valid_after_utc
    text = _("{department} seals with {seal} until {day}.")
    _say(text.format(department=seal.department, seal=seal.id[:16], day=f"{until:%F}"))
    return 0


def _doing(arguments: argparse.Namespace, clock: Clock) -> Doing:
    return Doing(arguments.department, clock.now(), getpass.getuser())


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or ""
        raise InputError("file.unreadable", file=path.name, reason=reason) from error


def _read_day(text: str) -> datetime:
    try:
        day = datetime.fromisoformat(text).date()
    except ValueError as error:
        raise InputError("seal.day", day=text) from error
    return begin_of_day(day)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
