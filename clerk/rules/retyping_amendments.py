"""What a correction would have put in the place of a mistake, as texts to be typed anew.

Keys name what a text is; those of a material or a field end in its key: `copies:m2`, `field:area`.
States and procedures are told by their values, an open end of a licence by an empty text.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from clerk.contract.proposal import (
    AnyAmendment,
    ApplicantAmendment,
    DecisionAmendment,
    FormAmendment,
    Procedure,
    StopAmendment,
    TickAmendment,
)
from clerk.contract.tick import MaterialState, Ticked

_DETAILS = ("name", "phone", "address")

Texts = Mapping[str, str]


def amended_texts(amendment: AnyAmendment) -> dict[str, str]:
    """The values that it amends to; of an act that is undone there are none."""
    match amendment:
        case ApplicantAmendment():
            return {key: text for key in _DETAILS if (text := getattr(amendment, key))}
        case FormAmendment(fields=fields):
            return {f"field:{key}": text for key, text in fields.items()}
        case TickAmendment(materials=materials):
            return {key: text for one in materials for key, text in _of_tick(one).items()}
        case StopAmendment():
            return {
                "procedure": amendment.procedure.value,
                "basis": amendment.basis,
                "days": str(amendment.planned_days),
            }
        case DecisionAmendment():
            refusal = {"refusal": amendment.reason} if amendment.reason else {}
            until = str(amendment.licence_until or "")
            return {"opinion": amendment.opinion} | refusal | {"until": until}
        case _:
            return {}


def amended_with(amendment: AnyAmendment, texts: Texts) -> AnyAmendment:
    """The same correction with other values; what is not among the texts stays."""
    texts = amended_texts(amendment) | dict(texts)
    match amendment:
        case ApplicantAmendment():
            return replace(amendment, **{key: texts[key] for key in _DETAILS if key in texts})
        case FormAmendment(fields=fields):
            return FormAmendment({key: texts[f"field:{key}"] for key in fields})
        case TickAmendment(materials=materials):
            return TickAmendment(tuple(_tick_with(one, texts) for one in materials))
        case StopAmendment():
            return StopAmendment(
                procedure=Procedure(texts["procedure"]),
                basis=texts["basis"],
                planned_days=int(texts["days"]),
            )
        case DecisionAmendment():
            until = texts["until"]
            return DecisionAmendment(
                opinion=texts["opinion"],
                reason=texts.get("refusal", ""),
                licence_until=date.fromisoformat(until) if until else None,
            )
        case _:
            return amendment


def _of_tick(tick: Ticked) -> dict[str, str]:
    return {
        f"state:{tick.key}": tick.state.value,
        f"originals:{tick.key}": str(tick.originals),
        f"copies:{tick.key}": str(tick.copies),
    }


def _tick_with(tick: Ticked, texts: Texts) -> Ticked:
    state = MaterialState(texts[f"state:{tick.key}"])
    return replace(
        tick,
        state=state,
        originals=int(texts[f"originals:{tick.key}"]),
        copies=int(texts[f"copies:{tick.key}"]),
        due=tick.due if state is MaterialState.DEFERRED else None,
    )
