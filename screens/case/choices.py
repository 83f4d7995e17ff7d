"""The keys of a case that several acts share: ask, deal with, open."""

from __future__ import annotations

from functools import partial

from clerk.locale import _
from clerk.rules.numbers import spaced
from screens.base import DeskScreen
from screens.case.department import DepartmentKeys
from screens.case.licence import LicenceKeys
from screens.case.offer import Offer, offer
from screens.case.performer import Performer, Read
from screens.case.proposals import ProposalKeys
from screens.case.verbs import WORKERS, has_any
from screens.explain.screen import ExplainScreen
from screens.supervision.asking import AskingKeys


class Choices:
    """What may be asked about a case, what in it waits for whoever is here, what lies behind it."""

    def __init__(
        self,
        performer: Performer,
        proposals: ProposalKeys,
        asking: AskingKeys,
        department: DepartmentKeys | None,
        licence: LicenceKeys,
    ) -> None:
        """Gather what these offer; at a window there is no department."""
        self._performer = performer
        self._proposals = proposals
        self._asking = asking
        self._department = department
        self._licence = licence

    def ask(self) -> None:
        """Do without what it waits for, urge, or propose."""
        read = self._performer.read
        if read is None:
            return
        offers = self._department.waivers(read.case) if self._department else []
        offers += self._asking.offers(read.case.id, spaced(read.case.number))
        if has_any(read.context.user, WORKERS):
            offers += self._proposals.offers(read.case)
            offers += self._licence.offers(read)
        if offers:
            offer(self._screen, _("What is asked for?"), offers)
        else:
            self._screen.app.warn(_("There is nothing that you could ask about this case."))

    def deal(self) -> None:
        """Approve or reject, answer, countersign: whatever of this case waits for an answer."""
        read = self._performer.read
        if read is None:
            return
        offers = self._proposals.open_offers(read) + self._asking.open_offers(read.case)
        if self._department:
            offers += self._department.countersigning(read)
        if not offers:
            self._screen.app.warn(_("Nothing about this case waits for you."))
        elif len(offers) == 1:
            offers[0].choose()
        else:
            offer(self._screen, _("What do you deal with?"), offers)

    def open(self) -> None:
        """The dates day by day; for a case of a bundle application also the whole of it."""
        read = self._performer.read
        if read is None:
            return
        explain = partial(self._explain, read)
        if read.case.place is None:
            explain()
            return
        whole = partial(self._screen.app.open_project, read.case.place.project)
        offers = [
            Offer(_("The whole bundle application"), whole),
            Offer(_("The dates, day by day"), explain),
        ]
        offer(self._screen, _("What is opened?"), offers)

    def _explain(self, read: Read) -> None:
        self._screen.app.push_screen(ExplainScreen(read.case, read.context))

    @property
    def _screen(self) -> DeskScreen:
        return self._performer.screen
