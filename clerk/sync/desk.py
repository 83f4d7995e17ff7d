"""The desk's side of the protocol: which call comes next, and what an answer means."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from clerk.contract.command import Envelope
from clerk.contract.sync import BootstrapPage, Directive, Page, Pushed, Welcome


class DeskState(msgspec.Struct, frozen=True, kw_only=True):
    """What a desk remembers of its talk with central; kept in the store.

    `bootstrap_key` is where an interrupted bootstrap goes on, `bootstrap_position` the
    position that its first page named. `greeted` is false after each start.
    `central_last_n` is the last command that central is known to have.
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
    central_last_n: int = 0


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
    """Go on, or begin again as central directs.

    A bootstrap that was cut goes on only within the generation and the scope that it began in.
    """
    if welcome.directive is Directive.GREET_AGAIN:
        count = max(state.hello_count, welcome.count)
        return replace(state, greeted=False, hello_count=count)
    if welcome.directive in {Directive.UPGRADE, Directive.QUARANTINED}:
        return replace(state, greeted=False, halted=welcome.directive.value)
    greeted = replace(
        state,
        greeted=True,
        halted="",
        scope_version=welcome.scope_version,
        central_last_n=welcome.last_n,
    )
    if welcome.directive is Directive.GO_ON and not state.bootstrapping:
        return greeted
    same = state.generation == welcome.generation and state.scope_version == welcome.scope_version
    resumable = state.bootstrapping and same
    return replace(
        greeted,
        generation=welcome.generation,
        bootstrapping=True,
        bootstrap_key=state.bootstrap_key if resumable else "",
        bootstrap_position=state.bootstrap_position if resumable else 0,
    )


def finds_restored(state: DeskState, welcome: Welcome) -> bool:
    """Whether central was restored since it last spoke: the outbox follows (follow_restore)."""
    greets = welcome.directive in {Directive.GO_ON, Directive.BOOTSTRAP}
    return greets and state.generation not in {"", welcome.generation}


def counts_answers(state: DeskState, pushed: Pushed) -> bool:
    """Whether answers are of the generation that the desk lives in; else they are repeated."""
    return pushed.generation in {"", state.generation}


def take_pushed(state: DeskState, pushed: Pushed) -> DeskState:
    """Note what central has; another generation means that it was restored."""
    if not counts_answers(state, pushed):
        return replace(state, greeted=False)
    answered = max((answer.n for answer in pushed.answers), default=0)
    return replace(state, central_last_n=max(state.central_last_n, pushed.last_n, answered))


def accepts_page(state: DeskState, page: Page) -> bool:
    """A page counts only where it begins at the desk's cursor, in its generation and scope.

    While a bootstrap is under way the cache stands still: it is of another generation or scope.
    """
    return (
        not state.bootstrapping
        and _is_of(state, page.generation, page.scope_version)
        and page.start == state.cursor
    )


def take_page(state: DeskState, page: Page) -> DeskState:
    """Move the cursor; another generation or scope is asked after by another hello."""
    if not _is_of(state, page.generation, page.scope_version):
        return replace(state, greeted=False)
    return replace(state, cursor=page.end) if accepts_page(state, page) else state


def accepts_bootstrap(state: DeskState, key: str, page: BootstrapPage) -> bool:
    """A page of the whole scope counts only where the bootstrap stands; `key` asked for it."""
    return (
        state.bootstrapping
        and _is_of(state, page.generation, page.scope_version)
        and key == state.bootstrap_key
        and state.bootstrap_position in {0, page.position}
    )


def take_bootstrap(state: DeskState, key: str, page: BootstrapPage) -> DeskState:
    """Note how far the bootstrap is; its last page sets the cursor to where it began."""
    if not _is_of(state, page.generation, page.scope_version):
        return replace(state, greeted=False)
    if not accepts_bootstrap(state, key, page):
        return state
    if page.next_key:
        return replace(state, bootstrap_key=page.next_key, bootstrap_position=page.position)
    return replace(
        state, bootstrapping=False, bootstrap_key="", bootstrap_position=0, cursor=page.position
    )


def rebuild(state: DeskState) -> DeskState:
    """Fetch the whole scope anew: the cache was found to differ from central."""
    return replace(state, bootstrapping=True, bootstrap_key="", bootstrap_position=0)


def _is_of(state: DeskState, generation: str, scope_version: int) -> bool:
    return generation == state.generation and scope_version in {0, state.scope_version}


def unanswered(sent: Sequence[Envelope], pushed: Pushed) -> tuple[Envelope, ...]:
    """The commands that central stopped before; they are sent again."""
    answered = {answer.n for answer in pushed.answers}
    return tuple(one for one in sent if one.n not in answered)
