"""Colours: dark, light, high contrast, and one for colour-blind eyes.

What is written in them is told from its ground by at least 4.5 to 1 (WCAG 2.1, level AA), in high
contrast by 7 to 1 (level AAA); a test measures it on every screen.
"""

from __future__ import annotations

from textual.theme import Theme

from clerk.locale import mark

_QUIET = {"text": "auto 95%", "text-muted": "auto 72%", "text-disabled": "auto 64%"}
"""Textual's own are too faint for hints and for what stands in an empty field."""

THEMES = (
    Theme(
        name="clerk-dark",
        primary="#5B9BE0",
        secondary="#6FB3B8",
        accent="#E0B050",
        warning="#E5A93C",
        error="#EA7A72",
        success="#69B578",
        foreground="#E4E7EB",
        background="#11161C",
        surface="#18202A",
        panel="#212C39",
        dark=True,
        variables={**_QUIET, "border-blurred": "#212C39"},
    ),
    Theme(
        name="clerk-light",
        primary="#1F5FA8",
        secondary="#2E7F86",
        accent="#855B00",
        warning="#855000",
        error="#A8231B",
        success="#1B6130",
        foreground="#1B1F24",
        background="#F7F8FA",
        surface="#FFFFFF",
        panel="#E7EBF0",
        dark=False,
        variables={
            **_QUIET,
            "text-muted": "auto 76%",
            "text-disabled": "auto 74%",
            "foreground-muted": "#51565C",
            "primary-muted": "#C9D9EC",
            "border-blurred": "#E7EBF0",
        },
    ),
    Theme(
        name="clerk-contrast",
        primary="#FFFF00",
        secondary="#00FFFF",
        accent="#FFFF00",
        warning="#FFD700",
        error="#FF9C9C",
        success="#00FF7F",
        foreground="#FFFFFF",
        background="#000000",
        surface="#262626",
        panel="#333333",
        dark=True,
        variables={
            "text": "auto 100%",
            "text-muted": "auto 92%",
            "text-disabled": "auto 88%",
            "foreground-muted": "#E2E2E2",
            "primary-muted": "#4F4F00",
            "border-blurred": "#8C8C8C",
            "error-muted": "#4A0000",
        },
    ),
    Theme(
        name="clerk-colour-blind",
        primary="#56B4E9",
        secondary="#2CC295",
        accent="#F0E442",
        warning="#F0E442",
        error="#F08A3C",
        success="#7CC4F0",
        foreground="#EEEEEE",
        background="#12161B",
        surface="#1A2028",
        panel="#242D38",
        dark=True,
        variables={**_QUIET, "border-blurred": "#242D38"},
    ),
)

NAMES = {
    "clerk-dark": mark("Dark colours"),
    "clerk-light": mark("Light colours"),
    "clerk-contrast": mark("High contrast"),
    "clerk-colour-blind": mark("For colour-blind eyes"),
}
"""What a person calls them, in English; translated when shown."""
