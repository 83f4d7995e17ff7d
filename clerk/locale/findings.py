"""What the desk's doctor found, in words."""

from __future__ import annotations

from collections.abc import Mapping

from clerk.locale import _, mark
from clerk.locale.problems import tell

FINDINGS: dict[str, str] = {
    "store.whole": mark("The store is whole."),
    "line.up": mark("Central answers."),
    "clock.skew": mark("The clock of this machine differs from central's by {seconds} s."),
    "catalogue.empty": mark("The catalogue or the calendar is not here yet; it comes by itself."),
    "catalogue.there": mark("Items here: {items}; the calendar reaches to {last_year}."),
    "outbox.state": mark("Acts that wait: {waiting}, that were refused: {refused}."),
    "numbers.left": mark("Case numbers left for receiving without the line: {left}."),
    "numbers.none_needed": mark("A desk without a window needs no case numbers."),
    "keyring.absent": mark("This system has no keyring: the key is wrapped with a passphrase."),
    "keyring.there": mark("The keyring gives back what it is given ({name})."),
    "fonts.absent": mark("The fonts for printed forms are missing: install the program anew."),
    "fonts.lacking": mark("The fonts lack characters that forms need: {characters}."),
    "fonts.there": mark("The fonts for printed forms are there."),
    "versions": mark("clerk {clerk}, Python {python}, {system}."),
}


def tell_finding(code: str, parameters: Mapping[str, str]) -> str:
    """One finding as a sentence; one that is a problem is told as the problem is."""
    sentence = FINDINGS.get(code)
    return _(sentence).format_map(parameters) if sentence else str(tell(code, parameters))
