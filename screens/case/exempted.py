"""Why nobody had to bring a paper: what stands for it, and whose word that is (免提交)."""

from __future__ import annotations

from clerk.contract.case import MaterialState, Ticked
from clerk.locale import _
from clerk.rules.case import Case
from screens.lights import name_moment


def explain_exempted(case: Case, tick: Ticked) -> str:
    """The licence or the register's fact that stands for it; nothing of other materials."""
    if tick.state is not MaterialState.EXEMPTED or not tick.evidence:
        return ""
    register, _between, key = tick.evidence.partition(":")
    for answer in case.looked:
        label = next((fact.label for fact in answer.facts if fact.key == key), "")
        if answer.register == register and label:
            text = _("{register} knows it: {label}, seen {time}")
            return text.format(register=answer.name, label=label, time=name_moment(answer.at))
    if key:
        return _("{register} knows it").format(register=register)
    # What was seen of it reads better than the number that central keeps it by.
    return _("licence {number} stands for it").format(number=tick.note or tick.evidence)


def tells_its_note(tick: Ticked) -> bool:
    """Whether what stands for it is told with the words of its note."""
    return tick.state is MaterialState.EXEMPTED and bool(tick.evidence) and ":" not in tick.evidence
