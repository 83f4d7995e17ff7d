"""Problems as a person reads them: what stands in their parameters is put into words too."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from clerk.contract.case import Delivery, DocumentKind, Outcome, Stage
from clerk.contract.identity import IdKind
from clerk.contract.user import Role
from clerk.locale import _, in_a_row
from clerk.locale.problems import Told, tell
from screens.words import word


def explain(code: str, parameters: Mapping[str, object]) -> Told:
    """What happened, what is safe, what to do; no value of the program's own is shown raw."""
    told = {name: _in_words(name, value) for name, value in parameters.items()}
    found = tell(code, told)
    if not parameters.get("changed_by"):
        return found
    changed = _("Meanwhile {changed_by} has changed the case.").format_map(told)
    return found._replace(what=in_a_row(found.what, changed))


def _in_words(name: str, value: object) -> object:
    return _WORDS[name](str(value)) if name in _WORDS else value


def _roles(text: str) -> str:
    return " / ".join(word(Role(one)) for one in text.split() if one in set(Role))


def _step(text: str) -> str:
    return _("Produce the result") if text == "produce" else text


def _kind(text: str) -> str:
    if text in set(DocumentKind):
        return word(DocumentKind(text))
    return word(IdKind(text)) if text in set(IdKind) else text


_WORDS: dict[str, Callable[[str], str]] = {
    "delivery": lambda text: word(Delivery(text)),
    "kind": _kind,
    "outcome": lambda text: word(Outcome(text)),
    "role": _roles,
    "stage": lambda text: word(Stage(text)),
    "step": _step,
}
