"""Where the papers of a material lie, once they do not all lie where they came in."""

from __future__ import annotations

from clerk.contract.custody import Holder, HolderKind
from clerk.locale import _
from clerk.locale.punctuation import bracketed, comma, in_turn
from clerk.rules.case import Case
from clerk.rules.custody.ledger import Ledger, Lot
from clerk.rules.custody.losing import reported_of
from screens.custody.words import name_form, name_holder, names_in
from screens.words import word


def tell_holders(case: Case, ledger: Ledger, material: str) -> str:
    """Who holds how many of it, what is on its way, and what nobody has confirmed as lost."""
    lots = [one for one in ledger.lots if one.material == material]
    window = Holder(HolderKind.WINDOW, case.window)
    plain = all(one.holder == window and not one.on_way for one in lots)
    if plain and not any(_reported(case, one) for one in lots):
        return ""
    return _("Lies with {places}").format(places=in_turn(_lot(case, one) for one in lots))


def tell_losses(ledger: Ledger, material: str) -> str:
    """What the office still owes for it, with the notice; the applicant has done their part."""
    owed = [one for one in ledger.losses if one.material == material and one.open]
    text = _("{form} {what}, notice {notice}: not asked for again")
    return in_turn(
        text.format(form=name_form(one.form, one.open), what=word(one.mishap), notice=one.document)
        for one in owed
    )


def _lot(case: Case, lot: Lot) -> str:
    told = f"{name_holder(lot.holder, names_in(case.terms))} {name_form(lot.form, lot.count)}"
    notes = [_("{count} on the way").format(count=lot.on_way)] if lot.on_way else []
    reported = _reported(case, lot)
    notes += [_("{count} reported lost or damaged").format(count=reported)] if reported else []
    return bracketed(told, comma().join(notes)) if notes else told


def _reported(case: Case, lot: Lot) -> int:
    return reported_of(case, lot.holder, (lot.material, lot.form))
