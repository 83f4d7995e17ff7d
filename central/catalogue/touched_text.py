"""What a change of items touches, in lines for whoever is about to publish it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from central.db.touching import Touched, TouchedBundle
from clerk.locale import _, _n

SHOWN = 50
"""How many items are told one by one; of an import of thousands the first are enough."""


def tell_all(touched: Sequence[Touched]) -> list[str]:
    """Those that touch anything, one by one, then what cannot be known."""
    affected = [one for one in touched if one.anything]
    lines = [line for one in affected[:SHOWN] for line in tell_one(one)]
    if len(affected) > SHOWN:
        lines.append(_("… and {count} more.").format(count=len(affected) - SHOWN))
    total = _(
        "Items there already: {known}; with open cases, bundles or shared materials: {count}."
    )
    lines.append(total.format(known=len(touched), count=len(affected)))
    lines.append(_("Drafts lie at desks and cannot be known here."))
    return lines


def tell_bundles(touched: Sequence[TouchedBundle]) -> list[str]:
    """Bundles that are there already, with the applications that go on under their versions."""
    lines = []
    for one in touched:
        text = _n("{id}  {name}: {count} item", "{id}  {name}: {count} items", one.items)
        lines.append(text.format(id=one.bundle, name=one.name, count=one.items))
        for version, count in one.open_applications.items():
            text = _("  open applications that keep to version {version}: {count}")
            lines.append(text.format(version=version, count=count))
    return lines


def tell_one(touched: Touched) -> Iterator[str]:
    """An item, then what hangs on it."""
    yield f"{touched.item}  {touched.name}"
    for version, count in touched.open_cases.items():
        text = _("  open cases that keep to version {version}: {count}")
        yield text.format(version=version, count=count)
    for name in touched.bundles:
        yield _("  bundle: {name}").format(name=name)
    for key, count in touched.shared.items():
        text = _n(
            "  shared material {key}: {count} other item asks for it",
            "  shared material {key}: {count} other items ask for it",
            count,
        )
        yield text.format(key=key, count=count)
