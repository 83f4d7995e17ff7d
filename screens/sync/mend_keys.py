"""The keys that mend a refused act: once more, let go, copy out, look at its case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from clerk.contract.answer import Conclusion
from clerk.contract.command import AnyCommand, RateVisit, ReceiveCase
from clerk.contract.draft import Draft
from clerk.contract.user import Role
from clerk.errors import ClerkError
from clerk.locale import _, in_a_row
from clerk.rules.numbers import spaced
from clerk.rules.retyping import texts_of, with_parts, with_texts
from screens.base import DeskScreen
from screens.commands import name_command
from screens.dialogs import AskText, Confirm, Line, MarkLines
from screens.sync.entries import write_typed
from screens.sync.questions import name_parts, questions_of, read_answers
from screens.telling import explain
from screens.words import word
from services.counter import Done
from services.mending import Conflict
from services.repeating import settled_parts
from services.sync import OutboxEntry


class MendKeys:
    """Mends in the name of the screen in front."""

    def __init__(self, screen: DeskScreen, gone: Callable[[], None]) -> None:
        """Tell `gone` when the refused act is not there any more."""
        self._screen = screen
        self._gone = gone

    def once_more(self, found: Conflict) -> None:
        """A receipt becomes a draft again; any other act is sent on the case as it is now."""
        command = found.entry.command
        if isinstance(command, ReceiveCase):
            self._reopen(found.entry.n, command)
        elif found.still is not None and not found.still.field:
            told = explain(found.still.code, found.still.parameters)
            self._screen.app.warn(in_a_row(_("That would be refused now too."), told.what))
        else:
            self._ask_parts(found)

    def let_go(self, entry: OutboxEntry) -> None:
        """Leave the case as it is, and forget the act."""
        if not entry.is_refused:
            self._screen.app.warn(
                _("Only what central refused can be cleared away; the rest is sent.")
            )
            return
        if entry.answer and entry.answer.conclusion is Conclusion.CONFLICT:
            question = _("Leave the case as {name} left it? What was typed for “{act}” is gone.")
        else:
            question = _("Clear “{act}” away? What was typed for it is then gone.")
        name = entry.answer.changed_by if entry.answer else ""
        asked = question.format(act=name_command(entry.command), name=name)
        self._screen.app.push_screen(Confirm(asked), partial(self._let_go_if, entry.n))

    def copy(self, entry: OutboxEntry) -> None:
        """Put what was typed onto the clipboard; numbers of people stay masked."""
        self._screen.app.copy_to_clipboard(write_typed(entry))
        self._screen.app.say(_("What was typed is on the clipboard, if this terminal has one."))

    def open_case(self, entry: OutboxEntry) -> None:
        """The page of the case; a receipt that was refused has none."""
        if entry.is_refused and isinstance(entry.command, ReceiveCase):
            self._screen.app.warn(
                _("Central has no such case. Make the receipt a draft again and receive it anew.")
            )
        elif isinstance(entry.command, RateVisit):
            self._screen.app.warn(_("What an applicant chose is for central alone."))
        else:
            self._screen.app.open_case(entry.envelope.case_id)

    # A receipt

    def _reopen(self, n: int, command: ReceiveCase) -> None:
        user = self._screen.desk.session.user
        if user is None or not user.has(Role.COUNTER):
            told = _("That is for another role: {role}.").format(role=word(Role.COUNTER))
            self._screen.app.warn(told)
            return
        self._screen.do(
            self._screen.desk.reopening.reopen, n, done=partial(self._type_on, command.number)
        )

    def _type_on(self, number: str, draft: Draft) -> None:
        told = _(
            "It is a draft again, with all that was typed. Receiving gives a new number and a new "
            "receipt; the one with {number} holds no more."
        )
        self._screen.app.notify(told.format(number=spaced(number)), timeout=20, markup=False)
        self._gone()
        self._screen.app.open_intake(draft.id)

    # Any other act

    def _ask_parts(self, found: Conflict) -> None:
        command = found.entry.command
        names = name_parts(found, command)
        if len(names) < 2:  # noqa: PLR2004 - there is nothing to choose from
            self._ask_texts(found, command)
            return
        done = settled_parts(found)
        lines = [Line(key, name, key not in done) for key, name in names.items()]
        self._screen.app.push_screen(
            MarkLines(_("What is to be sent again?"), lines), partial(self._take_parts, found)
        )

    def _take_parts(self, found: Conflict, keys: Sequence[str] | None) -> None:
        if keys:
            self._ask_texts(found, with_parts(found.entry.command, keys))
        elif keys is not None:
            self._screen.app.warn(_("Nothing was chosen."))

    def _ask_texts(self, found: Conflict, command: AnyCommand) -> None:
        texts, title = texts_of(command), name_command(command)
        if not texts:
            question = _("Send “{act}” again, on the case as it is now?").format(act=title)
            self._screen.app.push_screen(
                Confirm(question),
                lambda yes: self._send(found, command) if yes else None,
            )
            return

        def answered(answers: Mapping[str, str] | None) -> None:
            if answers is not None:
                self._send(found, with_texts(command, read_answers(answers)))

        self._screen.app.push_screen(AskText(title, questions_of(found, command)), answered)

    def _send(self, found: Conflict, command: AnyCommand) -> None:
        act = partial(self._screen.desk.mending.send_again, found.entry.n, command)
        failed = partial(self._fail, found, command)
        self._screen.do(act, done=self._tell_sent, failed=failed)

    def _tell_sent(self, done: Done) -> None:
        told = _("It is done.")
        if done.paper:
            told = in_a_row(told, _("The paper is at {path}").format(path=done.paper))
        self._screen.app.say(told)
        self._gone()

    def _fail(self, found: Conflict, command: AnyCommand, problem: ClerkError) -> None:
        """What was typed now is offered again where it can be mended."""
        mend = partial(self._ask_texts, found, command) if problem.parameters.get("field") else None
        self._screen.app.tell_problem(problem, then=mend)
        self._screen.reload()

    def _let_go_if(self, n: int, yes: bool | None) -> None:  # noqa: FBT001 - the dialog's answer
        if yes:
            self._screen.do(self._screen.desk.sync.dismiss, n, done=lambda _nothing: self._gone())
