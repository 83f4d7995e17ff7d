"""Telling a scanner from a typist: keys that come faster than anybody types, ended by Enter.

Scanners and card readers are keyboards to a terminal. A key is a scanner's while each follows the
one before within 50 ms and all of them together within 35 ms on average; a fast typist has 80 to
120 ms between keys, and reaches less for two or three at once, never for fifteen.
"""

from __future__ import annotations

import msgspec

MOST_GAP_S = 0.05
MOST_MEAN_GAP_S = 0.035
FEWEST = 15
"""Characters of the shortest number that is scanned: a case number's."""

MOST = 500
"""Characters of an address in a QR code; what is longer comes from somewhere else."""


class Burst(msgspec.Struct, frozen=True):
    """Keys that followed each other quickly; moments are seconds of any one clock."""

    text: str
    began_at: float
    last_at: float

    def __repr__(self) -> str:
        """The length alone: it may be somebody's number."""
        return f"Burst({len(self.text)})"


def follow(burst: Burst | None, character: str, at: float) -> Burst:
    """One more key: it goes on with the burst, or begins another."""
    if burst is None or not _is_close(burst, at) or len(burst.text) >= MOST:
        return Burst(character, at, at)
    return Burst(burst.text + character, burst.began_at, at)


def is_scan(burst: Burst | None, enter_at: float) -> bool:
    """Whether an Enter at this moment ends what a scanner sent."""
    if burst is None or len(burst.text) < FEWEST or not _is_close(burst, enter_at):
        return False
    return enter_at - burst.began_at <= MOST_MEAN_GAP_S * len(burst.text)


def _is_close(burst: Burst, at: float) -> bool:
    return 0 <= at - burst.last_at <= MOST_GAP_S
