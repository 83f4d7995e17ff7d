"""One box for everything: cases, papers, people, items, bundles and drafts, as they are typed.

What is found lies in the desk's own store: what its window or department may see. Central adds
what lies outside it and is still within sight of whoever asks, where the line is up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec

from clerk.clock import OFFICE_ZONE, Clock
from clerk.contract.case import CaseRecord, DocumentKind
from clerk.contract.draft import Draft
from clerk.contract.finding import FindCases, FoundCase, FoundCases
from clerk.contract.item import Bundle
from clerk.contract.user import Role
from clerk.errors import ClerkError, InputError, UnreachableError
from clerk.rules.case import fold
from clerk.rules.finding import Findable, normalise_query, rank
from clerk.rules.identifiers import Reading, read_identifier
from clerk.rules.name_sound import sounds_of
from clerk.rules.numbers import CASE_NUMBER_LENGTH, neighbours, read_case_number
from clerk.rules.scanned import is_licence_address, is_licence_number
from services.cases import CaseQuery, Cases, ListedCase
from services.catalogue import Catalogue, ItemHit
from services.client import Call, encode
from services.drafts import Drafts
from services.line import Line
from services.session import Session
from storage import case_search, cases
from storage.case_query import CaseRow
from storage.store import Connection, Store

MOST_CASES = 20
MOST_PAPERS = 8
MOST_ITEMS = 12
MOST_OTHERS = 5
_MOST_WAITING = 1000
_ID_LENGTHS = range(15, 20)
"""Characters of what is explained as an identity number where it is wrong."""

_FEWEST_DIGITS = 13


class PaperHit(msgspec.Struct, frozen=True, kw_only=True):
    """A paper of a case by its number; `kind` is empty for the licence that came of it."""

    number: str
    kind: str
    case: ListedCase
    void: bool = False


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a text leads to, each kind best first.

    `named` are papers by what they are, newest first; `papers` are those of a number.
    `number_problem` is what is wrong with a whole case number, and `cases` are then those whose
    number it may have been. `person` is an identity number, right or explained. `licence` is the
    address in a licence's QR. `locked` is the code of why cases may not be shown.
    """

    text: str
    cases: tuple[ListedCase, ...] = ()
    papers: tuple[PaperHit, ...] = ()
    named: tuple[PaperHit, ...] = ()
    items: tuple[ItemHit, ...] = ()
    bundles: tuple[Bundle, ...] = ()
    drafts: tuple[Draft, ...] = ()
    person: Reading | None = None
    licence: str = ""
    number_problem: ClerkError | None = None
    locked: ClerkError | None = None


class Finder:
    """Finds within the frame of whoever is signed in."""

    def __init__(  # noqa: PLR0917 - each collaborator is named
        self,
        store: Store,
        session: Session,
        own_cases: Cases,
        drafts: Drafts,
        catalogue: Catalogue,
        line: Line,
        clock: Clock,
    ) -> None:
        """Look into this store, and ask over this line."""
        self._store = store
        self._session = session
        self._cases = own_cases
        self._drafts = drafts
        self._catalogue = catalogue
        self._line = line
        self._clock = clock

    def find(self, text: str, kinds: Sequence[DocumentKind | None] = ()) -> Found:
        """What this desk holds of it; needs no line and never waits for one.

        `kinds` are the papers that it names in the language spoken; none is the licence itself.
        """
        text = text.strip()
        if is_licence_address(text):
            return Found(text=text, licence=text)
        person = self._read_person(text)
        if person is not None and person.valid:
            return Found(text=text, person=person)
        found = Found(
            text=text,
            items=self._catalogue.find(text, MOST_ITEMS),
            bundles=self._catalogue.find_bundles(text, MOST_OTHERS),
            drafts=self._find_drafts(text),
            person=person,
            licence=text if is_licence_number(text) else "",
        )
        try:
            return self._add_cases(found, text, kinds)
        except ClerkError as problem:
            return msgspec.structs.replace(found, locked=problem)

    def ask(self, text: str) -> tuple[FoundCase, ...]:
        """What central knows by a complete number, within sight of whoever asks.

        By an identity number that is a look, and on record where it leaves one's own cases.
        Raises what the line raises.
        """
        query = self._query(text.strip())
        if query is None:
            return ()
        call = Call(path="/cases/find", body=encode(query))
        return self._line.ask(call, FoundCases, self._session.get_token()).cases

    def find_receipt(self, number: str) -> str:
        """The id of the case of a receipt, empty where it is out of sight.

        Central is asked where this desk does not hold it and the line is up.
        """
        held = self._cases.find_by_number(number)
        if held is not None:
            return held.id
        try:
            return next((one.id for one in self.ask(number)), "")
        except UnreachableError:
            return ""

    def is_asked(self, text: str) -> bool:
        """Whether central has anything to add to this text."""
        return self._query(text.strip()) is not None

    def _query(self, text: str) -> FindCases | None:
        person = self._read_person(text)
        if person is not None:
            valid = person.valid
            return FindCases(id_kind=person.kind, id_number=person.number) if valid else None
        try:
            return FindCases(case_number=str(read_case_number(text)))
        except InputError:
            return None

    def _read_person(self, text: str) -> Reading | None:
        """An identity number, complete; nothing where the text is like none, or a case number."""
        close = normalise_query(text)
        digits = sum(one.isdigit() for one in close)
        if len(close) not in _ID_LENGTHS or digits < _FEWEST_DIGITS or not close.isascii():
            return None
        if len(close) == CASE_NUMBER_LENGTH and close.isdecimal():
            return None
        today = self._clock.now().astimezone(OFFICE_ZONE).date()
        return read_identifier(text, today=today)

    def _add_cases(self, found: Found, text: str, kinds: Sequence[DocumentKind | None]) -> Found:
        waiting = self._cases.page(CaseQuery(waiting=True, limit=_MOST_WAITING))
        laid = {row.id: row for row in waiting}
        close = "".join(text.split())
        digits = normalise_query(close) if normalise_query(close).isdecimal() else ""
        problem = _problem_of(digits)
        with self._store.read() as connection:
            if problem is not None:
                rows = case_search.near(connection, neighbours(digits))
            elif digits:
                rows = case_search.by_number(connection, digits, MOST_CASES)
            else:
                rows = case_search.by_name(connection, close, MOST_CASES)
            papers = _find_papers(connection, close, laid) if _may_be_paper(close) else ()
            named = (one for kind in kinds for one in _find_named(connection, kind, laid))
            # No case is read for what would not be shown.
            shown = tuple(islice(named, MOST_PAPERS))
        known = {row.id for row in rows}
        listed = [laid[row.id] if row.id in laid else _listed(row) for row in rows]
        fresh = [row for row in waiting if row.id not in known and _fits(row, digits, close)]
        return msgspec.structs.replace(
            found,
            cases=(*fresh, *listed)[:MOST_CASES],
            papers=papers,
            named=shown,
            number_problem=problem,
        )

    def _find_drafts(self, text: str) -> tuple[Draft, ...]:
        user = self._session.user
        if user is None or not user.has(Role.COUNTER):
            return ()
        named = [one for one in self._drafts.list() if _is_named(_name_of(one), text)]
        return tuple(named[:MOST_OTHERS])


def _problem_of(digits: str) -> ClerkError | None:
    """What is wrong with a case number that is complete."""
    if len(digits) != CASE_NUMBER_LENGTH:
        return None
    try:
        read_case_number(digits)
    except InputError as problem:
        return problem
    return None


def _may_be_paper(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _find_papers(
    connection: Connection, text: str, laid: dict[str, ListedCase]
) -> tuple[PaperHit, ...]:
    """The papers themselves are in the bodies of the few cases that the index names."""
    wanted = normalise_query(text)
    hits: list[PaperHit] = []
    for row in case_search.by_paper(connection, text, MOST_PAPERS):
        record = cases.get(connection, row.id)
        hits += _papers_of(record, laid.get(row.id, _listed(row)), wanted)
    # The very number before those that only begin like it.
    hits.sort(key=lambda hit: not _tail_is(hit.number, wanted))
    return tuple(hits[:MOST_PAPERS])


def _find_named(
    connection: Connection, kind: DocumentKind | None, laid: dict[str, ListedCase]
) -> Iterator[PaperHit]:
    """The newest papers of a kind, of each case the last."""
    for row in case_search.by_kind(connection, kind, MOST_PAPERS):
        case, listed = fold(cases.get(connection, row.id)), laid.get(row.id, _listed(row))
        if kind is None:
            yield PaperHit(number=case.licence, kind="", case=listed)
        else:
            last = [paper for paper in case.documents if paper.kind is kind][-1]
            yield PaperHit(number=last.number, kind=kind.value, case=listed, void=last.void)


def _papers_of(record: CaseRecord, row: ListedCase, wanted: str) -> Iterable[PaperHit]:
    case = fold(record)
    for paper in case.documents:
        if wanted in normalise_query(paper.number):
            yield PaperHit(number=paper.number, kind=paper.kind.value, case=row, void=paper.void)
    if case.licence and wanted in normalise_query(case.licence):
        yield PaperHit(number=case.licence, kind="", case=row)


def _tail_is(number: str, wanted: str) -> bool:
    plain = normalise_query(number)
    return plain.endswith((wanted, f"{wanted}号"))


def _fits(row: CaseRow, digits: str, text: str) -> bool:
    """Whether a case that is only on this machine yet is what was typed."""
    if digits:
        return row.number.startswith(digits) or row.number[6:].startswith(digits)
    return _is_named(row.applicant_name, text)


def _is_named(name: str, text: str) -> bool:
    readings = sounds_of(name)
    entries = (Findable(name, one.initials, " ".join(one.syllables)) for one in readings)
    return any(rank(text, entry) is not None for entry in entries)


def _name_of(draft: Draft) -> str:
    return draft.name or (draft.card.name if draft.card else "")


def _listed(row: CaseRow) -> ListedCase:
    return ListedCase(**{name: getattr(row, name) for name in row.__struct_fields__})
