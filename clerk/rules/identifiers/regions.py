"""The first two digits of region codes (GB/T 2260). An unknown one is only a warning."""

from __future__ import annotations

PROVINCES = frozenset(
    {
        *("11", "12", "13", "14", "15"),
        *("21", "22", "23"),
        *("31", "32", "33", "34", "35", "36", "37"),
        *("41", "42", "43", "44", "45", "46"),
        *("50", "51", "52", "53", "54"),
        *("61", "62", "63", "64", "65"),
        *("71", "81", "82"),
    }
)
"""The 34 units of the first level. Counties come and go, so only these are known here."""

NATIONAL = "10"
"""In a social credit code: registered with an office of the state itself (100000)."""
