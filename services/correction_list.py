"""All corrections of a case, gathered from its events (更正清单)."""

from __future__ import annotations

from collections.abc import Iterator

from clerk.contract.case import CaseRecord, CompletedAtCounter, MaterialState
from clerk.contract.proposal import ActUndone, Change, Corrected
from clerk.errors import InputError
from clerk.rules.case import Case, fold
from clerk.rules.case.acts import find_act, tag_of
from clerk.rules.identifiers.masking import mask_identifier, scrub
from exports.papers.correction_list import CorrectionList, ListedCorrection
from services.headings import Desktop, case_then


def correction_list(record: CaseRecord, at: Desktop) -> CorrectionList:
    """What was put right, oldest first. Raises InputError `paper.no_corrections` without any."""
    case = fold(record)
    rows = tuple(_rows(record, case))
    if not rows:
        raise InputError("paper.no_corrections", number=case.number)
    return CorrectionList(
        centre=at.centre,
        case_number=case.number,
        item_name=case.terms.name,
        department_name=case.terms.department_name,
        applicant=case.applicant.name,
        masked_id=mask_identifier(case.applicant.id_number),
        window=at.window,
        printed_at=at.now,
        rows=rows,
    )


def is_corrected(record: CaseRecord) -> bool:
    """Whether there is something to list."""
    return any(isinstance(one, Corrected | CompletedAtCounter) for one in record.events)


def _rows(record: CaseRecord, case: Case) -> Iterator[ListedCorrection]:
    for event in record.events:
        match event:
            case Corrected():
                act = find_act(case, event.act)
                assert act is not None, "a correction names an act"
                yield ListedCorrection(
                    at=event.at,
                    by=event.by.name,
                    act=act.kind,
                    changes=event.changes,
                    reason=scrub(event.reason),
                    document=event.document,
                    undone=isinstance(event.amendment, ActUndone),
                )
            case CompletedAtCounter():
                yield _at_counter(record, event)
            case _:
                pass


def _at_counter(record: CaseRecord, event: CompletedAtCounter) -> ListedCorrection:
    """What the applicant brought or mended at the window, beside what had been there."""
    before = {one.key: one for one in case_then(record, event, before=True).materials}
    changes = tuple(
        Change(
            what="material",
            name=one.name,
            stood=before[one.key].state if one.key in before else MaterialState.MISSING,
            stands=one.state,
        )
        for one in event.materials
    )
    return ListedCorrection(
        at=event.at,
        by=event.by.name,
        act=tag_of(CompletedAtCounter),
        changes=changes,
        at_counter=True,
    )
