"""Where the papers of a case lie, and how far each slip has come, spot by spot (材料交接)."""

from __future__ import annotations

from collections.abc import Iterator

from clerk.contract.custody import Holder, HolderKind
from clerk.rules.case.state import Case
from clerk.rules.custody.places import custody_of
from clerk.rules.spot import Facet, Mark, Spot, Written


def write_custody(case: Case) -> Iterator[Written]:
    """Each lot of papers, once any has moved; each slip; all that was short, lost or damaged."""
    ledger = custody_of(case)
    names = {one.key: one.name for one in case.terms.materials}
    window = Holder(HolderKind.WINDOW, case.window)
    moved = any(one.holder != window for one in ledger.lots)
    for lot in ledger.lots if moved else ():
        key = f"{lot.material} {lot.form.value} {lot.holder.kind.value} {lot.holder.id}"
        yield Spot(Facet.PAPER, key, names.get(lot.material, lot.material)), lot
    for slip in ledger.slips:
        yield Spot(Facet.SLIP, slip.number, slip.number), slip.state
        for one in slip.short:
            key = f"{slip.number} {one.material} {one.form.value}"
            yield Spot(Facet.SHORT, key, names.get(one.material, one.material)), one.reason
    for n, loss in enumerate(ledger.losses, 1):
        key, name = f"{loss.material} {n}", names.get(loss.material, loss.material)
        yield Spot(Facet.LOSS, key, name), loss.mishap if loss.open else Mark.MADE_GOOD
