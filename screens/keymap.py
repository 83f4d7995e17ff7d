"""All keys in one table: bindings, palette, footer, help and the key card come from it.

Same key, same verb on every screen. Labels are English here and translated when shown.
"""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding

from clerk.contract.user import Role
from clerk.locale import mark


class Verb(NamedTuple):
    """One thing to do, with its key. `tip` says what it does in a sentence."""

    id: str
    key: str
    action: str
    label: str
    tip: str
    show: bool = True


VERBS: dict[str, Verb] = {
    verb.id: verb
    for verb in (
        Verb("help", "f1", "explain", mark("Help"), mark("Explain this screen and its keys")),
        Verb("walk_in", "f2", "walk_in", mark("New walk-in"), mark("Take in an application")),
        Verb("cases", "f3", "cases", mark("Cases"), mark("Find cases and open the worklists")),
        Verb(
            "find",
            "ctrl+underscore",
            "find",
            mark("Find"),
            mark("Case numbers, names, ID numbers, papers, items: one box for everything"),
        ),
        Verb("hand_out", "f4", "hand_out", mark("Release"), mark("Hand out what is ready")),
        Verb("refresh", "f5", "refresh", mark("Refresh"), mark("Send and fetch now")),
        Verb("sync", "f6", "sync", mark("Sync"), mark("What is only on this machine, and why")),
        Verb(
            "report",
            "f7",
            "report",
            mark("Report"),
            mark("Reports, and their Excel workbooks"),
        ),
        Verb(
            "supervision",
            "f10",
            "supervision",
            mark("Supervision"),
            mark("Lights of all open cases, and who holds them"),
        ),
        Verb(
            "verify",
            "shift+f4",
            "verify",
            mark("Verify"),
            mark("Whether a licence is genuine, and valid today"),
        ),
        Verb(
            "arrange",
            "shift+f7",
            "arrange",
            mark("Arrange"),
            mark("Sort and group the list, keep it under a name"),
        ),
        Verb(
            "papers",
            "shift+f8",
            "papers",
            mark("Custody"),
            mark("Who holds which paper; hand papers over and take them"),
        ),
        Verb(
            "shift",
            "shift+f9",
            "shift",
            mark("Shift"),
            mark("Hand the shift over, close the day, read the journal"),
        ),
        Verb(
            "matters",
            "shift+f11",
            "matters",
            mark("Matters"),
            mark("Complaints, inquiries, suggestions, and follow-ups of bad ratings"),
        ),
        Verb(
            "rate",
            "shift+f5",
            "rate",
            mark("Invite to rate"),
            mark("Turn the desk over to the visitor, who rates the service"),
        ),
        Verb("lock", "f8", "lock", mark("Lock"), mark("Lock the desk; nothing is lost")),
        Verb(
            "language",
            "f9",
            "language",
            mark("中文/English"),
            mark("Change the language"),
            show=False,
        ),
        Verb("receive", "ctrl+r", "receive", mark("Receive"), mark("Give the receipt")),
        Verb("agree", "ctrl+y", "agree", mark("Accept"), mark("Accept, grant or agree")),
        Verb("decline", "ctrl+n", "decline", mark("Decline"), mark("Decline or refuse, on paper")),
        Verb(
            "supplement",
            "ctrl+k",
            "supplement",
            mark("Supplement"),
            mark("Ask once for everything that is missing"),
        ),
        Verb(
            "hand_in",
            "ctrl+u",
            "hand_in",
            mark("Hand in"),
            mark("Take in what lacks or was asked for"),
        ),
        Verb("claim", "ctrl+o", "claim", mark("Claim"), mark("Take the case on, or give it back")),
        Verb("send_on", "ctrl+g", "send_on", mark("Pass on"), mark("Do this step, move it on")),
        Verb("send_back", "ctrl+t", "send_back", mark("Send back"), mark("Back to a step before")),
        Verb("produce", "ctrl+f", "produce", mark("Produced"), mark("The result is made")),
        Verb(
            "ask",
            "ctrl+w",
            "ask",
            mark("Ask"),
            mark("Propose, urge, or do without what a case waits for"),
        ),
        Verb(
            "deal",
            "ctrl+a",
            "deal",
            mark("Deal with"),
            mark("Deal with what waits for you: approve, countersign, answer, do once more"),
        ),
        Verb(
            "open",
            "enter",
            "open",
            mark("Details"),
            mark("The dates day by day, or the whole bundle application"),
        ),
        Verb("print", "ctrl+l", "print", mark("Print"), mark("Print a paper of this case again")),
        Verb("scan", "f12", "scan", mark("Scan"), mark("Put a scan to a paper, or open one")),
        Verb(
            "recording",
            "shift+f12",
            "recording",
            mark("Recording"),
            mark("Copy the link to the window's recording"),
        ),
        Verb(
            "look_up",
            "shift+f2",
            "look_up",
            mark("Look up"),
            mark("What the registers say about somebody"),
        ),
        Verb("withdraw", "ctrl+z", "withdraw", mark("Withdraw"), mark("The applicant withdraws")),
        Verb("unmask", "ctrl+e", "unmask", mark("Unmask"), mark("Show the number, with a reason")),
        Verb(
            "park", "ctrl+s", "park", mark("Park"), mark("Put this walk-in aside and go on later")
        ),
        Verb("discard", "ctrl+d", "discard", mark("Discard"), mark("Throw this draft away")),
        Verb("copy", "ctrl+c", "copy", mark("Copy"), mark("Copy what was typed")),
        Verb(
            "export",
            "ctrl+x",
            "export",
            mark("Export"),
            mark("Into a file: what is unsent, or the rows behind a report"),
        ),
        Verb(
            "own_workbook",
            "shift+f1",
            "own_workbook",
            mark("Own workbook"),
            mark("Fill the office's own workbook with this report"),
        ),
        Verb("compare", "shift+f6", "compare", mark("Compare"), mark("Compare with central now")),
        Verb(
            "next_part",
            "ctrl+down",
            "next_part",
            mark("Next part"),
            mark("To the next part"),
            show=False,
        ),
        Verb(
            "palette",
            "ctrl+p",
            "command_palette",
            mark("Find an act"),
            mark("Find any act by its name, in Chinese, pinyin or English"),
            show=False,
        ),
        Verb("back", "escape", "back", mark("Back"), mark("Leave this screen; nothing is lost")),
        Verb("quit", "ctrl+q", "leave", mark("Quit"), mark("Leave the program"), show=False),
    )
}


CASE_WORK = (Role.COUNTER, Role.HANDLER, Role.REVIEWER, Role.APPROVER, Role.HEAD)
"""Who has to do with applicants, and so has work of their own to count."""

VERB_ROLES: dict[str, tuple[Role, ...]] = {
    "papers": CASE_WORK,
    "walk_in": (Role.COUNTER,),
    "hand_out": (Role.COUNTER,),
    "report": (*CASE_WORK, Role.MANAGER, Role.AUDITOR),
    "supervision": (Role.MANAGER, Role.SUPERVISOR, Role.HEAD, Role.APPROVER, Role.REVIEWER),
    "shift": (Role.COUNTER, Role.MANAGER),
    "matters": (*CASE_WORK, Role.MANAGER, Role.SUPERVISOR, Role.AUDITOR),
    "rate": (Role.COUNTER,),
    "recording": (Role.MANAGER, Role.SUPERVISOR, Role.AUDITOR),
}
"""Verbs that only some roles are offered."""

EVERYWHERE = ("help", "find", "lock", "language", "palette", "quit")
"""The verbs of the program itself."""

NAVIGATION = (
    *("walk_in", "cases", "hand_out", "refresh", "sync", "report", "supervision", "verify"),
    *("papers", "shift", "matters"),
)
"""The verbs that lead from one screen to another; a screen that is left for a while has them."""

AWAY = (*NAVIGATION, "rate")
"""All that leave a screen for a while; the last stands at the foot only where a visit ends."""


SPARE = ("refresh", "verify", "lock", "find")
"""Verbs that the foot of a small screen leaves to F1 first, where two lines do not hold all."""


def name_key(key: str) -> str:
    """A key as it is written on the keyboard."""
    return "+".join(_NAMES.get(part, part.upper()) for part in key.split("+"))


_NAMES = {
    "ctrl": "Ctrl",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "down": "↓",
    "shift": "Shift",
    # What terminals say of Ctrl and the key with the slash.
    "underscore": "/",
}


ALIASES = frozenset(f"f{number}" for number in range(13, 25))
"""What many terminals send for Shift with F1 to F12; shown nowhere."""


def keys_of(verb: Verb) -> list[str]:
    """The key, and what some terminals send for it: Shift+F1 to F12 are F13 to F24 on many."""
    shift, _plus, number = verb.key.partition("+f")
    return [verb.key, f"f{int(number) + 12}"] if shift == "shift" else [verb.key]


def fallbacks(*bound: str) -> list[Binding]:
    """Every other key of the table, for where no screen takes it: it says so, and is not dead.

    They are asked first, for a box would take some of them as its own and do nothing.
    """
    return [
        Binding(
            ",".join(keys_of(verb)),
            f"not_here('{verb.id}')",
            show=False,
            priority=verb.key != "escape",
        )
        for verb in VERBS.values()
        if verb.id not in bound and verb.key != "enter"
    ]


def bindings(*verbs: str, quiet: bool = False) -> list[Binding]:
    """Textual's bindings for some verbs; they win over a focused input's own keys.

    Quiet ones work, but take no room at the foot of the screen.
    """
    return [
        Binding(
            ",".join(keys_of(VERBS[verb])),
            VERBS[verb].action,
            VERBS[verb].label,
            tooltip=VERBS[verb].tip,
            show=VERBS[verb].show and not quiet,
            id=VERBS[verb].id,
            priority=VERBS[verb].key != "escape",
        )
        for verb in verbs
    ]
