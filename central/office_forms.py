"""`clerk-central form`: the office's own forms, tried before they are kept (文书样式).

What is kept travels to every desk. A desk where one fails all the same prints the shipped form and
says so: no counter waits for a template.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from datetime import datetime
from functools import partial
from pathlib import Path

from central.commands import add_command
from central.db import audit, feed, settings
from central.db.engine import Connection, Database
from clerk.clock import Clock
from clerk.contract.office_form import OFFICE_FORMS, OfficeForms
from clerk.decoding import decode
from clerk.errors import InputError
from clerk.files import read_file, write_atomic
from clerk.locale import _, listed
from clerk.parsing import Subparsers


def add_arguments(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add the command; `run` in the defaults carries it out."""
    text = _("show, try and keep the office's own printed forms")
    parser = add_command(subparsers, "form", text, _list)
    acts = parser.add_subparsers(metavar=_("ACT"))
    told = _("write a form as it is printed now into a file, to be changed")
    show = add_command(acts, "take", told, _take)
    show.add_argument("file", type=Path, help=_("the file to write, such as acceptance.typ"))
    for name, told, run in (
        ("check", _("try a changed form and keep nothing"), _check),
        ("save", _("try a changed form and keep it; desks print with it from then on"), _save),
    ):
        one = add_command(acts, name, told, run)
        one.add_argument("file", type=Path, help=_("the changed form, named as it was"))
    told = _("go back to the shipped form")
    drop = add_command(acts, "drop", told, _drop)
    drop.add_argument("name", help=_("which, such as acceptance.typ"))


def keep(connection: Connection, forms: OfficeForms, changed: str, now: datetime) -> None:
    """Let these forms hold from now on, with a record of which one changed."""
    change = settings.put(connection, OFFICE_FORMS, forms, now)
    source = forms.forms.get(changed, "").encode()
    detail = {"sha256": hashlib.sha256(source).hexdigest() if source else "shipped"}
    entry = audit.Entry(
        at=now, actor="command", action="form.saved", subject=changed, detail=detail
    )
    audit.append(connection, entry)
    feed.announce(connection, (change,))


def get_forms(connection: Connection) -> OfficeForms:
    """The forms that the office has changed."""
    body = settings.find_body(connection, OFFICE_FORMS)
    return decode(body, OfficeForms) if body else OfficeForms()


def _list(_arguments: argparse.Namespace, database: Database, _clock: Clock) -> int:
    with database.read() as connection:
        own = get_forms(connection).forms
    from exports.papers.sources import read_shipped

    for name in read_shipped():
        whose = _("changed by the office") if name in own else _("shipped")
        _say(f"{name}  {whose}")
    return 0


def _take(arguments: argparse.Namespace, database: Database, _clock: Clock) -> int:
    path: Path = arguments.file
    with database.read() as connection:
        source = _look_up(path.name, get_forms(connection))
    write_atomic(path, source)
    _say(_("The form is at {path}.").format(path=path))
    return 0


def _check(arguments: argparse.Namespace, database: Database, _clock: Clock) -> int:
    with database.read() as connection:
        _try(get_forms(connection), arguments.file)
    _say(_("{file} can be printed.").format(file=arguments.file.name))
    return 0


def _save(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    with database.read() as connection:
        forms = _try(get_forms(connection), arguments.file)
    name = arguments.file.name
    database.commit(partial(keep, forms=forms, changed=name, now=clock.now()))
    _say(_("{file} is kept; desks print with it as soon as they have heard.").format(file=name))
    return 0


def _drop(arguments: argparse.Namespace, database: Database, clock: Clock) -> int:
    name: str = arguments.name
    with database.read() as connection:
        forms = dict(get_forms(connection).forms)
    if name in forms:
        del forms[name]
        left = OfficeForms(forms=forms)
        database.commit(partial(keep, forms=left, changed=name, now=clock.now()))
    else:
        _look_up(name, OfficeForms())
    _say(_("{file} is the shipped form.").format(file=name))
    return 0


def _look_up(name: str, forms: OfficeForms) -> bytes:
    """A form as it is printed with these. Raises InputError `form.unknown` for no name of one."""
    from exports.papers.sources import read_shipped

    known = {**read_shipped(), **forms.as_sources()}
    if name not in known:
        raise InputError("form.unknown", file=name, names=listed(sorted(known)))
    return known[name]


def _try(known: OfficeForms, path: Path) -> OfficeForms:
    """The forms with the one in this file. Raises InputError `form.*` where it cannot be set."""
    from exports.papers.trying import try_forms

    try:
        source = read_file(path).decode()
    except UnicodeDecodeError as error:
        raise InputError("form.unreadable", file=path.name) from error
    forms = OfficeForms(forms={**known.forms, path.name: source})
    try_forms(forms.as_sources(), path.name)
    return forms


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
