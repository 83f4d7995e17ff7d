"""What the part is for in which the cursor stands, and how it is used: F1 says it first."""

from __future__ import annotations

from textual.widget import Widget

from clerk.locale import _, mark

_FILTER = mark(
    "Whatever you type narrows the list. ↓ goes into it, Enter opens the only one found, ← and →"
    " in the empty box go to the other lists."
)
_LIST = mark(
    "↑ ↓, PgUp PgDn, Home and End move; Enter or a second click opens; ← and → go to the other"
    " lists. Whatever you type narrows the list."
)

PARTS: dict[str, str] = {
    "#login": mark("Your login; Enter goes on to the password."),
    "#password": mark("Your password; Enter signs in. With the line down, the last one holds."),
    "#filter": _FILTER,
    "#cases": mark(
        "↑ ↓ move, Enter opens, ← and → go to the other lists. Space marks a row: Ctrl+Y, Ctrl+G,"
        " Ctrl+O and Ctrl+F then act on all that are marked, Ctrl+C copies them. Type to narrow."
    ),
    "#findings": _LIST,
    "#things": _LIST,
    "#watched": _LIST,
    "#groups": mark(
        "The cursor narrows the cases below to this department or step. Enter: to them."
    ),
    "#queues": mark("The lists with their numbers: the arrows or a click show another one."),
    "#case-body": mark("The whole case; ↑ ↓ and PgUp PgDn scroll. The keys at the foot act on it."),
    "#scan": mark(
        "Scan the receipt or type an ID number: all that is ready for the person is marked."
    ),
    "#ready": mark("Space takes a line out or in; Ctrl+Y hands out what is marked."),
    "#licence": mark("Scan the QR code of a licence, type its number, or the path of its file."),
    "#matters": mark(
        "↑ ↓ move, Enter goes into the details, ← and → to the other lists. Ctrl+R takes in what"
        " somebody brings. Type to narrow."
    ),
    "#matter-scroll": mark("All that happened to it; ↑ ↓ and PgUp PgDn scroll, Escape goes back."),
    "#first": mark("The first day of the period, such as 2026-06-01. Enter counts."),
    "#last": mark("The last day of the period, such as 2026-06-30. Enter counts."),
    "#figures": mark("The figures by department and by window; Ctrl+L writes the workbook."),
    "IdentityPart": mark("Scan or type the ID number: the kind is told by itself. Enter goes on."),
    "ApplicantPart": mark("Name, phone, agent; what a register knows is filled in. Enter goes on."),
    "ItemsPart": mark(
        "Type a name, pinyin initials or a code; Enter takes the one under the cursor."
    ),
    "SituationsPart": mark("A digit answers; the answers decide which materials are asked for."),
    "ChecklistPart": mark(
        "Space ticks a material, A all of them, D defers, C corrects, X declares; ← → change how"
        " it was handed in. Enter goes on."
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
                return _(PARTS[name])
    return ""
