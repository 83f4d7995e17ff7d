"""Handing results over at the window: everything that is ready for one person (出件, 送达)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from clerk.clock import OFFICE_ZONE, Clock
from clerk.contract.case import DocumentKind
from clerk.contract.command import ReleaseResult
from clerk.contract.identity import IdKind
from clerk.contract.session import Ready, ReadyQuery
from clerk.errors import ClerkError, InputError, UnreachableError
from clerk.rules.case import Case, fold
from clerk.rules.identifiers.problem import ProblemCode
from clerk.rules.identifiers.reading import Reading, read_identifier
from clerk.rules.numbers import CASE_NUMBER_LENGTH, looks_like_case_number, read_case_number
from services.acts import Acts
from services.client import Call, encode
from services.licences import Licences
from services.line import Line
from services.papers import Papers
from services.session import Session

ID_LENGTH = 18
"""Characters of a resident number and of a unified social credit code."""


class Collector(msgspec.Struct, frozen=True, kw_only=True):
    """Who takes the results home; an agent shows an ID, of the kind that is named if any is."""

    name: str
    kind: str = "self"
    id_number: str = ""
    id_kind: IdKind = IdKind.UNKNOWN
    signature: str

    def __repr__(self) -> str:
        """The kind alone."""
        return f"Collector({self.kind})"


class ReadyCases(msgspec.Struct, frozen=True):
    """The results at the window; `held_back` wait for other items, as the applicant chose."""

    cases: tuple[Case, ...]
    held_back: dict[str, tuple[str, ...]] = {}


class Handover(msgspec.Struct, frozen=True, kw_only=True):
    """What became of each case: those handed over with their proofs of delivery, and the rest.

    `licences` are those that were sealed digitally, to be handed over too.
    """

    released: tuple[str, ...]
    papers: tuple[Path, ...]
    failed: tuple[tuple[str, ClerkError], ...] = ()
    licences: tuple[Path, ...] = ()


class Release:
    """The results that lie at the window."""

    def __init__(
        self,
        line: Line,
        session: Session,
        acts: Acts,
        papers: Papers,
        clock: Clock,
        *,
        licences: Licences,
    ) -> None:
        """Ask central, act and print."""
        self._line = line
        self._session = session
        self._acts = acts
        self._papers = papers
        self._licences = licences
        self._clock = clock

    def ready(self, text: str, id_kind: IdKind | None = None) -> tuple[Case, ...]:
        """What is ready for somebody, as `find`, whether it is handed over now or later."""
        return self.find(text, id_kind).cases

    def find(self, text: str, id_kind: IdKind | None = None) -> ReadyCases:
        """What is ready for somebody, by the case number of a receipt or by an ID number.

        Raises InputError `release.text_unreadable` for what is neither, and
        `identifier.ambiguous` where a person has to say which document it is.
        """
        query = self._read(text, id_kind)
        token = self._session.get_token()
        found = self._line.ask(Call(path="/cases/ready", body=encode(query)), Ready, token)
        return ReadyCases(tuple(fold(record) for record in found.cases), found.held_back)

    def release(self, case_ids: Sequence[str], collector: Collector) -> Handover:
        """Hand over one after the other; one that cannot be does not keep back the others.

        A sealed licence is fetched first: what cannot be printed is not handed over. Where central
        cannot be reached the rest is not tried: nothing of it was sent.
        Raises what `Acts.perform` raises where nothing was handed over for one and the same reason.
        """
        released, papers, licences = [], [], []
        failed: list[tuple[str, ClerkError]] = []
        for place, case_id in enumerate(case_ids):
            try:
                licence = self._licences.find_licence(case_id)
                self._acts.perform(case_id, _command(collector))
            except UnreachableError as error:
                lost = UnreachableError("line.down")
                failed += [(case_id, error), *((rest, lost) for rest in case_ids[place + 1 :])]
                break
            except ClerkError as error:
                failed.append((case_id, error))
                continue
            released.append(case_id)
            paper = self._papers.find_paper(case_id, DocumentKind.DELIVERY)
            papers.extend([paper] if paper else [])
            licences.extend([licence] if licence else [])
        reasons = {(error.code, error.parameters.get("number")) for _case, error in failed}
        if not released and len(reasons) == 1:
            raise failed[0][1]
        return Handover(
            released=tuple(released),
            papers=tuple(papers),
            failed=tuple(failed),
            licences=tuple(licences),
        )

    def _read(self, text: str, id_kind: IdKind | None) -> ReadyQuery:
        if id_kind is None and looks_like_case_number(text):
            return ReadyQuery(case_number=str(read_case_number(text)))
        today = self._clock.now().astimezone(OFFICE_ZONE).date()
        reading = read_identifier(text, id_kind, today=today)
        if reading.candidates:
            kinds = " ".join(kind.value for kind in reading.candidates)
            raise InputError("identifier.ambiguous", candidates=kinds)
        if not reading.valid:
            raise _why_unreadable(text, reading)
        return ReadyQuery(id_kind=reading.kind, id_number=reading.number)


def _why_unreadable(text: str, reading: Reading) -> InputError:
    """What is wrong with a number that is nearly one of the two; else that it is neither."""
    problem = next(iter(reading.problems), None)
    if problem and (len(reading.number) == ID_LENGTH or problem.code is ProblemCode.OLD_RESIDENT):
        return InputError(problem.code.value, **problem.parameters)
    if reading.number.isdecimal() and abs(len(reading.number) - CASE_NUMBER_LENGTH) <= 1:
        try:
            read_case_number(text)
        except InputError as error:
            return error
    return InputError("release.text_unreadable")


def _command(collector: Collector) -> ReleaseResult:
    return ReleaseResult(
        collector=collector.name,
        collector_id=collector.id_number,
        collector_kind=collector.kind,
        collector_id_kind=collector.id_kind,
        signature=collector.signature,
    )
