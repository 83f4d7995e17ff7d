"""The sections of a case's page in their order, and what each of them says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from textual.content import Content

from clerk.locale import _
from screens.case import bundle, clock_page, clock_part, page, printing, registers_page
from screens.case.performer import Read
from screens.case.scans import draw_scans

ABOVE = ("troubles", "proposals", "asks", "bundle")
LEFT = ("people", "materials", "papers", "clocks", "registers", "scans", "form")
RIGHT = ("flow", "timeline")


class Section(NamedTuple):
    """One section: its name in the page, its title, and its text; without text it is not shown."""

    name: str
    title: str
    text: Content


def sections_of(read: Read, links: Mapping[int, str], *, plain: bool = False) -> list[Section]:
    """All sections but that of the people, which are facts, in the order of the page.

    Where `plain`, nothing is drawn: what is a picture elsewhere stands in words, line by line.
    """
    case, context = read.case, read.context
    return [
        Section("troubles", _("To be dealt with"), page.troubles(read.detail)),
        Section("proposals", _("Proposed"), clock_page.proposals(case)),
        Section("asks", _("Asked about this case"), page.asks(case)),
        Section("bundle", _("Bundle application"), bundle.place(case)),
        Section("materials", _("Materials"), page.materials(case)),
        Section("papers", _("Papers"), printing.papers(case)),
        Section("clocks", _("Clock"), clock_part.clocks(case, context, plain=plain)),
        Section("registers", _("What registers said"), registers_page.seen(case)),
        Section("scans", _("Scans"), draw_scans(case, read.scans)),
        Section("form", _("Form"), page.form(case, context.today)),
        Section("flow", _("Flow"), bundle.flow(case, context, plain=plain)),
        Section("timeline", _("What happened"), page.timeline(read.detail, links)),
    ]
