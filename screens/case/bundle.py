"""What the page of a case says of its bundle application, and its flow as a drawing."""

from __future__ import annotations

from textual.content import Content

from clerk.contract.item import JointRule, Step
from clerk.drawing import draw_flow
from clerk.locale import _, listed
from clerk.locale.punctuation import bracketed, labelled
from clerk.rules.case import Case, Context
from clerk.rules.case.state import Opinion
from clerk.rules.flow import role_of
from clerk.rules.joint import joint_of, may_speak, speak_until
from screens.lights import name_moment
from screens.words import name_limit, word

_WIDEST = 44
"""Cells of a name in the drawing; the half of a page on a small terminal."""


def place(case: Case) -> Content:
    """The project, the stage, what the case waits for, and what holds it up."""
    where = case.place
    if where is None:
        return Content("")
    lines = [
        Content.assemble(
            (where.title, "bold"),
            f"  {where.bundle_name} · {where.stage_name}",
        ),
    ]
    waits = [one.name for one in case.waits_for if one not in case.held_by]
    if waits:
        text = _("Waits for: {names}. It is reviewed meanwhile; its limit begins after them.")
        lines.append(Content.styled(text.format(names=listed(waits)), "$text-warning"))
    if case.held_by:
        text = _("Held up: {names} came to nothing. Tell the applicant, who may withdraw.")
        names = listed(one.name for one in case.held_by)
        lines.append(Content.styled(text.format(names=names), "$text-error"))
    return Content("\n").join(lines)


def flow(case: Case, context: Context, *, plain: bool = False) -> Content:
    """The steps as boxes, the present one with a double line; below them the joint review.

    Plain, they are numbered lines, and a word says which is the present one.
    """
    if plain:
        drawn = [
            line for at, step in enumerate(case.terms.flow, 1) for line in _list(case, step, at)
        ]
    else:
        drawn = draw_flow(case.terms.flow, lambda step: _tell_step(case, step), case.step)
    return Content("\n").join([Content(line) for line in [*drawn, *_review(case, context)]])


def _list(case: Case, step: Step, place: int) -> list[str]:
    """A step in a list, with what belongs to it below."""
    first, *others = _tell_step(case, step)
    here = " · " + _("the case is here") if step.key == case.step else ""
    return [f"{place} {first}{here}", *(f"  {line}" for line in others)]


def _tell_step(case: Case, step: Step) -> list[str]:
    done = any(one.step == step.key for one in case.done) and step.key != case.step
    limit = f" · {name_limit(step.limit)}" if step.limit else ""
    name = bracketed(step.name, word(role_of(step)))
    lines = [f"{'✓ ' if done else ''}{name}{limit}"]
    if step.joint:
        rules = {
            JointRule.ALL: _("all must agree"),
            JointRule.ANY: _("one must agree"),
            JointRule.QUORUM: _("{count} must agree").format(count=step.joint.quorum),
        }
        lines.append(_("joint review: {rule}").format(rule=rules[step.joint.rule]))
        lines += [f"· {one.name or one.department}" for one in step.joint.signers]
    return lines


def _review(case: Case, context: Context) -> list[str]:
    joint = joint_of(case)
    if joint is None:
        return []
    names = {one.department: one.name or one.department for one in joint.signers}
    lines = [labelled(names[one.department], _say(one)) for one in case.opinions]
    until = speak_until(case, context.calendar, context.now)
    waiting = listed(one.name or one.department for one in may_speak(case))
    if waiting and until:
        text = _("to speak until {until}: {names}")
        lines.append(text.format(until=name_moment(until), names=waiting))
    return lines


def _say(opinion: Opinion) -> str:
    if opinion.stance is None:
        return _("said nothing within the limit")
    return f"{word(opinion.stance)} · {opinion.opinion}"
