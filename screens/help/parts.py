"""What the part is for in which the cursor stands, and how it is used: F1 says it first."""

from __future__ import annotations

from textual.widget import Widget

from clerk.locale import _, in_a_row, mark
from screens.widgets.listing import Listing

_FILTER = mark(
    "Whatever you type narrows the list. ↓ goes into it, Enter opens the only one found, ← and →"
    " in the empty box go to the other lists."
)
_LIST = mark(
    "↑ ↓, PgUp PgDn, Home and End move; Enter or a second click opens; ← and → go to the other"
    " lists. Whatever you type narrows the list."
)

_KEYS = mark(
    "Space marks a row, * marks all; Shift+F7 sorts, groups, and keeps the list under a name;"
    " Ctrl+C copies."
)
"""What every list in memory takes."""

PARTS: dict[str, str] = {
    "#login": mark("Your login; Enter goes on to the password."),
    "#password": mark("Your password; Enter signs in. With the line down, the last one holds."),
    "#filter": _FILTER,
    "#cases": mark(
        "↑ ↓ move, Enter opens, ← and → go to the other lists. Space marks a row, * marks all:"
        " Ctrl+Y, Ctrl+G, Ctrl+O and Ctrl+F then act on all that are marked, Ctrl+W urges their"
        " holders, Ctrl+D throws drafts away, Ctrl+C copies. Type to narrow."
    ),
    "#findings": mark(
        "What was found, ← and → go to the other lists. Enter opens the case. Ctrl+A notes one"
        " result for all that are marked; a recording is copied of one alone. Type to narrow."
    ),
    "#things": mark(
        "What lacks something stands first. Enter offers the commands for the line under the"
        " cursor and copies one; of several that are marked, one for each of them. ← and → go to"
        " the other lists. Type to narrow."
    ),
    "#papers": mark(
        "The papers that lie here and the slips on their way; ← and → change the list. Space marks,"
        " * marks all; Enter opens the case, or counts a slip that comes. What is marked is handed"
        " over, returned, filed, reported, taken back or printed together; slips are counted, and"
        " losses made good, one by one. Type to narrow."
    ),
    "#lines": mark(
        "What is left at the window, the balance of the day, the journal: ← and → go from one to"
        " the other. Enter opens the case of a paper. The keys at the foot sign them: each shift"
        " and each day by itself. Entries of the journal that are marked are printed together."
    ),
    "#jobs": mark(
        "What is to be handed over, what is at the printer, what was printed again: ← and → go"
        " from one to the other. Marked notices are printed and recorded as delivered together,"
        " marked jobs tried again or taken out."
    ),
    "#find-box": mark(
        "Type anything: what is found stands below at once. ↑ ↓ move, Enter opens, Esc leaves."
    ),
    "#found": mark("What was found, the likeliest first. ↑ ↓ move, Enter opens."),
    "#lookup-body": mark("What the registers say; ↑ ↓ and PgUp PgDn scroll. F5 asks once more."),
    "#received-body": mark(
        "The cases of this receipt: ↑ ↓ choose one, the keys at the foot act on it."
    ),
    "#project-items": mark(
        "The items of the application by their stages. Enter opens a case that this desk sees."
    ),
    "#differences": mark(
        "What the case was when you acted, and what it is now. ↑ ↓ move; below stands all of it."
    ),
    "#mend-pane": mark("What was typed, whole; ↑ ↓ and PgUp PgDn scroll."),
    "#entries": mark(
        "What is only on this machine yet, and what was refused. Enter shows why, and what can be"
        " done. Of what is marked Ctrl+A does all once more as it was typed, Ctrl+D clears it away."
    ),
    "#watched": mark(
        "The open cases, ← and → go to the other lists. Enter opens one. Ctrl+W urges the holders"
        " of all that are marked, or supervises all of them. Type to narrow."
    ),
    "#groups": mark(
        "The cursor narrows the cases below to this department or step. Enter: to them."
    ),
    "#queues": mark("The lists with their numbers: the arrows or a click show another one."),
    "#case-body": mark(
        "The whole case; ↑ ↓ and PgUp PgDn scroll, a digit goes to its section. The keys at the"
        " foot act on it."
    ),
    "#scan": mark(
        "Scan the receipt or type an ID number: all that is ready for the person is marked."
    ),
    "#ready": mark("Space takes a line out or in; Ctrl+Y hands out what is marked."),
    "#licence": mark("Scan the QR code of a licence, type its number, or the path of its file."),
    "#matters": mark(
        "↑ ↓ move, Enter goes into the details, ← and → to the other lists. Ctrl+R takes in what"
        " somebody brings. Marked ones are handed on, given back and closed together; an answer, a"
        " talk and an appeal are about one. Type to narrow."
    ),
    "#matter-scroll": mark("All that happened to it; ↑ ↓ and PgUp PgDn scroll, Escape goes back."),
    "#first": mark("The first day of the period, such as 2026-06-01. Enter counts."),
    "#last": mark("The last day of the period, such as 2026-06-30. Enter counts."),
    "#figures": mark(
        "The figures of the report; ← and → count them by something else. Ctrl+L writes the"
        " workbook."
    ),
    "IdentityPart": mark("Scan or type the ID number: the kind is told by itself. Enter goes on."),
    "ApplicantPart": mark("Name, phone, agent; what a register knows is filled in. Enter goes on."),
    "ItemsPart": mark(
        "Type a name, pinyin initials or a code; Enter takes the one under the cursor."
    ),
    "SituationsPart": mark("A digit answers; the answers decide which materials are asked for."),
    "ChecklistPart": mark(
        "Space ticks a material or takes the tick away, A ticks all that is asked for. Digits, +"
        " and - count; ← → change between originals and copies. D defers, C corrects, X declares."
        " Enter goes to the next line; after the last one, on."
    ),
    "FieldsPart": mark("The form of the items; what is known already is filled in. Enter goes on."),
    "Listing": _LIST,
}
"""By the id or the class of a widget, or of what it stands in; the nearest one holds."""


def explain_part(focused: Widget | None) -> str:
    """In the language spoken; nothing where the cursor stands nowhere."""
    if focused is None:
        return ""
    for node in focused.ancestors_with_self:
        for name in (f"#{node.id}", type(node).__name__):
            if name in PARTS:
                keys = isinstance(focused, Listing) and focused.sorts
                return in_a_row(_(PARTS[name]), _(_KEYS) if keys else "")
    return ""
