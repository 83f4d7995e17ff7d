"""An act in the outbox, in words: where it stands, how old it is, why, and what was typed."""

from __future__ import annotations

from datetime import timedelta

from textual.content import Content

from clerk.locale import _, _n, in_a_row
from clerk.locale.problems import Told
from clerk.locale.punctuation import labelled
from screens.commands import name_command, typed_for
from screens.lights import name_moment
from screens.telling import explain
from services.sync import OutboxEntry

_HOUR_MIN = 60
_DAY_H = 24


def name_status(entry: OutboxEntry) -> str:
    """What the desk did with it, or what central concluded: a shape and a word."""
    if entry.unfit_code:
        return "! " + _("central too old")
    if entry.is_refused:
        return "! " + _("refused")
    if entry.status.value == "sending":
        return "↑ " + _("awaiting its answer") if entry.last_error else "↑ " + _("sending")
    return "… " + _("waiting")


def find_reason(entry: OutboxEntry) -> Told | None:
    """Why it stands here; nothing where it is only on its way."""
    refusal = entry.answer.refusal if entry.answer else None
    if refusal is not None:
        by = {"changed_by": entry.answer.changed_by} if entry.answer else {}
        return explain(refusal.code, {**refusal.parameters, **by})
    if entry.is_refused:
        return explain(entry.unfit_code, {})
    return explain(entry.last_error, {}) if entry.last_error else None


def tell_entry(entry: OutboxEntry) -> Content:
    """An act in whole: why it stands here, and what was typed."""
    head = Content.styled(f"{name_moment(entry.at)}  {name_status(entry)}", "$text-muted")
    lines = [head, *tell_reason(entry), *tell_typed(entry)]
    return Content("\n").join(line for line in lines if line.plain)


def tell_reason(entry: OutboxEntry) -> list[Content]:
    """Why it stands here, line by line."""
    why = find_reason(entry)
    if why is None:
        return []
    if not entry.is_refused:
        kept = _("It is kept on this machine and goes out by itself.")
        return [Content.styled(in_a_row(why.what, kept), "$text-warning")]
    lines = [Content.styled(why.what, "bold $text-error"), Content(why.remedy)]
    if entry.unfit_code:  # central is too old for it: it is kept
        lines.insert(1, Content(why.safe))
    return lines


def tell_typed(entry: OutboxEntry) -> list[Content]:
    """What was typed, label by label."""
    return [
        Content.assemble((label + "  ", "$text-muted"), text)
        for label, text in typed_for(entry.command)
    ]


def write_typed(entry: OutboxEntry) -> str:
    """The act and what was typed for it as plain text, to be taken elsewhere."""
    lines = [
        name_command(entry.command),
        *(labelled(one, text) for one, text in typed_for(entry.command)),
    ]
    return "\n".join(lines)


def name_age(age: timedelta) -> str:
    """How long ago, in the unit that matters."""
    minutes = max(0, int(age.total_seconds()) // 60)
    if not minutes:
        return _("< 1 min")
    if minutes < _HOUR_MIN:
        return _("{count} min").format(count=minutes)
    hours = minutes // _HOUR_MIN
    if hours < _DAY_H:
        return _("{count} h").format(count=hours)
    days = hours // _DAY_H
    return _n("{count} day", "{count} days", days).format(count=days)
