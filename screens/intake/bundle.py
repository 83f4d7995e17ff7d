"""Taking in a bundle application: a new one or one that is gone on with, and which items now."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec

from clerk.contract.bundle import DraftProject
from clerk.contract.draft import Draft
from clerk.contract.item import Bundle, BundleNode
from clerk.contract.project import Project
from clerk.drawing import AUXILIARY, MAIN
from clerk.errors import ClerkError, InputError, UnreachableError
from clerk.locale import _, _n
from clerk.locale.punctuation import bracketed
from clerk.rules.bundle.place import find_node, stage_name
from clerk.rules.bundle.whole import askable_items
from clerk.rules.verdict import Visit
from screens.base import DeskScreen
from screens.dialogs import AskText, Choose, Line, MarkLines, Question
from screens.project.screen import AS_READY, TOGETHER, ways
from services.projects import tick_given

_NEW = "new application"
"""No project's id has a space in it."""

_TITLE_LENGTH = 100


class BundleChooser:
    """Leads from a bundle to the items of it that are asked for now, by keyboard."""

    def __init__(self, screen: DeskScreen, chosen: Callable[[Draft], None]) -> None:
        """Tell `chosen` the draft with the items of the application."""
        self._screen = screen
        self._chosen = chosen

    def choose(self, bundle: Bundle, draft: Draft, visit: Visit) -> None:
        """Begin: the draft's own application again, else ask whether there is one already."""
        if draft.project is not None and draft.project.bundle.id == bundle.id:
            self._mark(draft.project, draft, None)
        elif visit.reading.valid:
            reading = visit.reading
            self._screen.do(
                self._screen.desk.projects.of_applicant,
                reading.kind,
                reading.number,
                draft.id,
                done=partial(self._offer, bundle, draft),
                failed=partial(self._not_asked, bundle, draft),
            )
        else:
            self._screen.app.warn(_("First the applicant's number: it tells of earlier visits."))

    def _not_asked(self, bundle: Bundle, draft: Draft, problem: ClerkError) -> None:
        if not isinstance(problem, UnreachableError):
            self._screen.app.tell_problem(problem)
            return
        if not self._may_begin(bundle):
            return
        told = _("Central is not reached: only a new application can be begun now.")
        self._screen.app.warn(told)
        self._ask_title(bundle, draft)

    def _offer(self, bundle: Bundle, draft: Draft, found: tuple[Project, ...]) -> None:
        mine = {one.id: one for one in found if one.bundle.id == bundle.id}
        if not mine:
            if self._may_begin(bundle):
                self._ask_title(bundle, draft)
            return
        options = [(one.id, _go_on(one)) for one in mine.values()]
        if self._screen.desk.projects.may_begin(bundle):
            options.append((_NEW, _("a new application")))

        def answered(key: str | None) -> None:
            if key == _NEW:
                self._ask_title(bundle, draft)
            elif key is not None:
                project = self._screen.desk.projects.go_on(mine[key])
                self._mark(project, draft, mine[key])

        self._screen.app.push_screen(Choose(bundle.name, options), answered)

    def _may_begin(self, bundle: Bundle) -> bool:
        """Whether a new one may be begun; says so if not."""
        if self._screen.desk.projects.may_begin(bundle):
            return True
        self._screen.app.tell_problem(InputError("bundle.offered_no_more", bundle=bundle.name))
        return False

    def _ask_title(self, bundle: Bundle, draft: Draft) -> None:
        question = Question("title", _("What the project is called"), check=_check_title)

        def answered(answers: dict[str, str] | None) -> None:
            if answers is not None:
                self._ask_handover(bundle, draft, answers["title"])

        self._screen.app.push_screen(AskText(bundle.name, [question]), answered)

    def _ask_handover(self, bundle: Bundle, draft: Draft, title: str) -> None:
        def answered(way: str | None) -> None:
            if way in {AS_READY, TOGETHER}:
                project = self._screen.desk.projects.begin(bundle, title, together=way == TOGETHER)
                self._mark(project, draft, None)

        heading = _("How are the results handed over?")
        self._screen.app.push_screen(Choose(heading, ways()), answered)

    def _mark(self, project: DraftProject, draft: Draft, known: Project | None) -> None:
        """Offer the items that may be asked for, those of this visit marked."""
        bundle = project.bundle
        askable = {one.item for one in askable_items(known)} if known else None
        nodes = [node for node in bundle.nodes if askable is None or node.item in askable]
        now = {one.item for one in draft.items}
        first = bundle.stages[0].key if bundle.stages else ""
        fresh = not project.joined and not now
        lines = [
            Line(
                node.item,
                _offer_line(bundle, node),
                node.item in now or (fresh and node.main and node.stage == first),
            )
            for node in nodes
        ]

        def answered(items: tuple[str, ...] | None) -> None:
            if items:
                self._take(draft, project, items)

        title = _("{project}: which items are asked for now?").format(project=project.title)
        self._screen.app.push_screen(MarkLines(title, lines), answered)

    def _take(self, draft: Draft, project: DraftProject, items: tuple[str, ...]) -> None:
        """With the papers ticked that came in before for the same project."""
        desk = self._screen.desk
        try:
            drafted = desk.projects.put_into(draft, project, items)
        except ClerkError as problem:
            self._screen.app.tell_problem(problem)
            return
        self._chosen(tick_given(drafted, desk.intake.view(drafted)))


def without_last_item(draft: Draft) -> Draft:
    """One item less; an application that none is left of is left too."""
    items, project = draft.items[:-1], draft.project
    if project and not any(find_node(project.bundle, one.item) for one in items):
        project = None
    bundle = project.bundle.id if project else ""
    return msgspec.structs.replace(draft, items=items, project=project, bundle=bundle)


def _offer_line(bundle: Bundle, node: BundleNode) -> str:
    sign = MAIN if node.main else AUXILIARY
    return f"{sign} {bracketed(node.name or node.item, stage_name(bundle, node.stage))}"


def _go_on(project: Project) -> str:
    count = sum(one.case is not None for one in project.items)
    text = _n(
        "go on with {title}, {count} item so far, opened {day}",
        "go on with {title}, {count} items so far, opened {day}",
        count,
    )
    return text.format(title=project.title, count=count, day=project.opened_on.isoformat())


def _check_title(text: str) -> str:
    if len(text) <= _TITLE_LENGTH:
        return ""
    return _("At most {most} characters.").format(most=_TITLE_LENGTH)
