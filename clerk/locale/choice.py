"""Which language a command line speaks, settled before a word of its help is written."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from clerk.locale import LANGUAGES, use_language

LANGUAGE_VARIABLE = "CLERK_LANGUAGE"


def speak_as_asked(arguments: Sequence[str]) -> None:
    """Speak the language of `--language`, else of the environment, else the first one.

    Chinese comes out whole, whatever the terminal's own idea of an encoding is.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    use_language(_find_asked(arguments) or os.environ.get(LANGUAGE_VARIABLE) or LANGUAGES[0])


def is_told(language: str | None) -> bool:
    """Whether somebody said which language to speak, on the command line or around it."""
    return bool(language or os.environ.get(LANGUAGE_VARIABLE))


def _find_asked(arguments: Sequence[str]) -> str | None:
    for place, one in enumerate(arguments):
        if one == "--language" and place + 1 < len(arguments):
            return arguments[place + 1]
        if one.startswith("--language="):
            return one.partition("=")[2]
    return None
