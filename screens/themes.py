"""Colours: dark, light, high contrast, and one for colour-blind eyes."""

from __future__ import annotations

from textual.theme import Theme

THEMES = (
    Theme(
        name="clerk-dark",
        primary="#4C8DD6",
        secondary="#6FB3B8",
        accent="#E0B050",
        warning="#E5A93C",
        error="#E5645C",
        success="#69B578",
        foreground="#E4E7EB",
        background="#11161C",
        surface="#18202A",
        panel="#212C39",
        dark=True,
    ),
    Theme(
        name="clerk-light",
        primary="#1F5FA8",
        secondary="#2E7F86",
        accent="#9A6A00",
        warning="#9A5B00",
        error="#B3261E",
        success="#1E6B34",
        foreground="#1B1F24",
        background="#F7F8FA",
        surface="#FFFFFF",
        panel="#E7EBF0",
        dark=False,
    ),
    Theme(
        name="clerk-contrast",
        primary="#FFFF00",
        secondary="#00FFFF",
        accent="#FFFF00",
        warning="#FFD700",
        error="#FF6B6B",
        success="#00FF7F",
        foreground="#FFFFFF",
        background="#000000",
        surface="#000000",
        panel="#1A1A1A",
        dark=True,
    ),
    Theme(
        name="clerk-colour-blind",
        primary="#56B4E9",
        secondary="#009E73",
        accent="#F0E442",
        warning="#F0E442",
        error="#D55E00",
        success="#0072B2",
        foreground="#EEEEEE",
        background="#12161B",
        surface="#1A2028",
        panel="#242D38",
        dark=True,
    ),
)
