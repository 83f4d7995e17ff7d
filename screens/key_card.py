"""The printable key card, from the same table as bindings, palette, footer and F1.

A screen's keys are those that it binds, with the names that they have there.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual.app import SystemCommand
from textual.binding import Binding

from clerk.locale import _, language, mark
from screens.base import DeskScreen
from screens.help.parts import PARTS
from screens.keymap import AWAY, EVERYWHERE, VERBS, name_key
from services.key_card import Keys, print_key_card, write_key_card

if TYPE_CHECKING:
    from screens.app import ClerkApp
    from services.press import Press

_ALWAYS = (*AWAY, *EVERYWHERE, "back")
_ON_EVERY_SCREEN = mark("On every screen")


class _Place(NamedTuple):
    """One screen of the card: what it is called, where its class is, whose parts it explains."""

    title: str
    screen: str
    parts: tuple[str, ...] = ()


_PLACES = (
    _Place(mark("The lists"), "home.screen.HomeScreen", ("#cases",)),
    _Place(
        mark("Taking in a walk-in"),
        "intake.screen.IntakeScreen",
        (
            *("IdentityPart", "ApplicantPart", "ItemsPart", "SituationsPart"),
            *("ChecklistPart", "FieldsPart"),
        ),
    ),
    _Place(mark("After the receipt"), "intake.received.ReceivedScreen"),
    _Place(mark("A case"), "case.screen.CaseScreen"),
    _Place(mark("A bundle application"), "project.screen.ProjectScreen"),
    _Place(mark("Handing out"), "release.screen.ReleaseScreen", ("#scan", "#ready")),
    _Place(mark("Custody of papers"), "custody.screen.CustodyScreen"),
    _Place(mark("Shift and day"), "shift.screen.ShiftScreen"),
    _Place(mark("Complaints and inquiries"), "matters.screen.MattersScreen", ("#matters",)),
    _Place(mark("Sync centre"), "sync.screen.SyncScreen"),
    _Place(mark("A refused act"), "sync.mend.MendScreen"),
    _Place(mark("Print queue"), "prints.screen.PrintsScreen"),
    _Place(mark("Figures"), "report.screen.ReportScreen", ("#figures",)),
    _Place(mark("Supervision board"), "supervision.screen.SupervisionScreen", ("#groups",)),
    _Place(mark("Findings of the auditor"), "findings.screen.FindingsScreen"),
    _Place(
        mark("The system, for administrators"),
        "administration.screen.AdministrationScreen",
        ("#things",),
    ),
    _Place(mark("Verifying a licence"), "verify.screen.VerifyScreen", ("#licence",)),
)
"""In the order of a day's work; a test holds that no screen of the desk is left out."""


def print_card(path: Path, press: Press | None = None) -> Path:
    """Write the card in the language spoken, and let a desk's press print it.

    Whoever calls may be a thread.
    """
    title, groups = _("Keys of the desk"), [*_groups()]
    if press is None:
        return write_key_card(path, title, groups)
    return print_key_card(press, path, title, groups)


def offered_card(app: ClerkApp) -> Iterator[SystemCommand]:
    """What the palette offers, once there is a desk to print at."""
    if app.is_open and app.desk.session.user is not None:
        told = _("Print all keys on a card, in the language of the screen")
        yield SystemCommand(_("Key card"), told, lambda: _print_at_desk(app))


def _print_at_desk(app: ClerkApp) -> None:
    front = app.screen
    if isinstance(front, DeskScreen):
        path = app.desk.profile.papers / "keys" / f"keys-{language()}.pdf"
        front.do(
            lambda: print_card(path, app.desk.press),
            done=lambda made: app.say(_("The key card is at {path}").format(path=made)),
        )


def _groups() -> Iterator[Keys]:
    everywhere = tuple(_line(verb) for verb in _ALWAYS)
    yield Keys(_(_ON_EVERY_SCREEN), everywhere, (_note("#filter"),))
    for place in _PLACES:
        yield Keys(_(place.title), _own_keys(place), tuple(_note(one) for one in place.parts))


def _own_keys(place: _Place) -> tuple[tuple[str, str, str], ...]:
    """What a screen adds to the keys of every screen, and what it calls another name."""
    screen = screen_of(place)
    verbs = [one.id for one in screen.BINDINGS if isinstance(one, Binding) and one.id in VERBS]
    return tuple(
        _line(verb, *screen.LABELS.get(verb, ()))
        for verb in verbs
        if verb and (verb not in _ALWAYS or verb in screen.LABELS)
    )


def screen_of(place: _Place) -> type[DeskScreen]:
    """The class of a screen; read when a card is printed, and not before the first frame."""
    module, _dot, name = f"screens.{place.screen}".rpartition(".")
    found: type[DeskScreen] = getattr(import_module(module), name)
    assert issubclass(found, DeskScreen), "a screen of the desk"
    return found


def _note(part: str) -> str:
    return _(PARTS[part])


def _line(verb: str, label: str = "", tip: str = "") -> tuple[str, str, str]:
    known = VERBS[verb]
    return name_key(known.key), _(label or known.label), _(tip or known.tip)
