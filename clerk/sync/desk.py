"""The desk's side of the protocol: which call comes next, and what an answer means."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from clerk.contract.command import Envelope
from clerk.contract.sync import BootstrapPage, Directive, Page, Pushed, Welcome


class DeskState(msgspec.Struct, frozen=True, kw_only=True):
    """What a desk remembers of its talk with central; kept in the store.

    `bootstrap_key` is where an interrupted bootstrap goes on, `bootstrap_position` the
    position that its first page named. `greeted` is false after each start.
    """

    generation: str = ""
    cursor: int = 0
    scope_version: int = 0
    hello_count: int = 0
    greeted: bool = False
    bootstrapping: bool = False
    bootstrap_key: str = ""
    bootstrap_position: int = 0
    halted: str = ""


class SayHello(msgspec.Struct, frozen=True):
    """Greet central."""


class SendCommands(msgspec.Struct, frozen=True):
    """Push these, in order."""

    commands: tuple[Envelope, ...]


class FetchPage(msgspec.Struct, frozen=True):
    """Pull what changed since."""

    cursor: int


class FetchBootstrap(msgspec.Struct, frozen=True):
    """Get the next page of the whole scope."""

    key: str
    position: int


class Halt(msgspec.Struct, frozen=True):
    """Say nothing more to central, for a reason that a person must deal with."""

    reason: str


Call = SayHello | SendCommands | FetchPage | FetchBootstrap | Halt


def next_call(state: DeskState, unsent: Sequence[Envelope], most_commands: int) -> Call:
    """Hello first, then push before pull, and a bootstrap before any page of changes."""
    if state.halted:
        return Halt(state.halted)
    if not state.greeted:
        return SayHello()
    if unsent:
        return SendCommands(tuple(unsent[:most_commands]))
    if state.bootstrapping:
        return FetchBootstrap(state.bootstrap_key, state.bootstrap_position)
    return FetchPage(state.cursor)


def take_welcome(state: DeskState, welcome: Welcome) -> DeskState:
    """Go on, or begin again as central directs."""
    greeted = msgspec.structs.replace(state, greeted=True, scope_version=welcome.scope_version)
    if welcome.directive is Directive.GO_ON:
        return greeted
    if welcome.directive is Directive.BOOTSTRAP:
        resumable = state.bootstrapping and state.generation == welcome.generation
        return msgspec.structs.replace(
            greeted,
            generation=welcome.generation,
            bootstrapping=True,
            bootstrap_key=state.bootstrap_key if resumable else "",
            bootstrap_position=state.bootstrap_position if resumable else 0,
        )
    return msgspec.structs.replace(greeted, greeted=False, halted=welcome.directive.value)


def accepts_page(state: DeskState, page: Page) -> bool:
    """A page counts only where it begins at the desk's cursor, in the desk's generation."""
    return page.generation == state.generation and page.start == state.cursor


def take_page(state: DeskState, page: Page) -> DeskState:
    """Move the cursor; another generation means that central was restored."""
    if page.generation != state.generation:
        return msgspec.structs.replace(state, greeted=False)
    if page.start != state.cursor:
        return state
    return msgspec.structs.replace(state, cursor=page.end)


def take_bootstrap(state: DeskState, page: BootstrapPage) -> DeskState:
    """Note how far the bootstrap is; its last page sets the cursor to where it began."""
    if page.generation != state.generation:
        return msgspec.structs.replace(state, greeted=False)
    position = state.bootstrap_position or page.position
    if page.next_key:
        return msgspec.structs.replace(
            state, bootstrap_key=page.next_key, bootstrap_position=position
        )
    return msgspec.structs.replace(
        state, bootstrapping=False, bootstrap_key="", bootstrap_position=0, cursor=position
    )


def unanswered(sent: Sequence[Envelope], pushed: Pushed) -> tuple[Envelope, ...]:
    """The commands that central stopped before; they are sent again."""
    answered = {answer.n for answer in pushed.answers}
    return tuple(one for one in sent if one.n not in answered)
