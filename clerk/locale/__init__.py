"""The language of everything a person reads: gettext, with named placeholders only.

`_` marks and translates at the moment of use, so that a screen follows a change of language.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

LANGUAGES = ("zh_CN", "en")
"""The languages that are complete; the first is the default."""

PAPER_LANGUAGE = "zh_CN"
"""The language of every paper that goes out over the counter."""

_WIDE_MARKS = ("。", "？", "！", "：", "；", "，", "、", "”", "）")
_FOLDER = Path(__file__).parent
_current: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def use_language(language: str) -> None:
    """Speak this language from now on; an unknown one falls back to English, the source."""
    global _current, _language  # noqa: PLW0603 - one program speaks one language at a time
    _language = language if language in LANGUAGES else "en"
    _current = get_translation(_language)
    _lend_to_argparse(_language)


def get_translation(language: str) -> gettext.NullTranslations:
    """The texts of one language, for a file in another language than the screens speak."""
    return gettext.translation(
        "clerk", localedir=_FOLDER, languages=[language], fallback=language == "en"
    )


def on_paper(message: str) -> str:
    """Say one message as printed forms say it: they are Chinese, whatever the screen speaks."""
    return get_translation(PAPER_LANGUAGE).gettext(message)


def language() -> str:
    """The language spoken now."""
    return _language


def _(message: str) -> str:
    """Translate one message; the caller fills its named placeholders with `.format`."""
    return _current.gettext(message)


def _n(one: str, many: str, count: int) -> str:
    """Translate a message that counts something, as it is told of one, or of none and many."""
    return _current.ngettext(one, many, count)


def _lend_to_argparse(language: str) -> None:
    """Bind gettext's global domain: argparse asks there, in the language of the environment."""
    gettext.bindtextdomain("clerk", _FOLDER)
    gettext.textdomain("clerk")
    os.environ["LANGUAGE"] = language


def in_a_row(*sentences: str) -> str:
    """Sentences one after the other; a full-width mark is its own room."""
    row = ""
    for one in sentences:
        row += one if not row or row.endswith(_WIDE_MARKS) or not one else f" {one}"
    return row


def listed(names: Iterable[str], spoken: str = "") -> str:
    """Names one after the other, as the language spoken, or the one named, sets them apart.

    A stronger mark stands between them where one of them has the weaker one within.
    """
    all_names = tuple(names)
    weak, strong = ("、", "；") if (spoken or _language) == "zh_CN" else (", ", "; ")
    return (strong if any(weak in one for one in all_names) else weak).join(all_names)


def mark(message: str) -> str:
    """Mark a message of a table for extraction; it is translated with `_` when it is shown."""
    return message


class Plural(NamedTuple):
    """A message of a table that counts something; it is translated with `_n` when it is shown."""

    one: str
    many: str


def mark_n(one: str, many: str) -> Plural:
    """Mark such a message for extraction."""
    return Plural(one, many)


def counted(text: Plural, count: int) -> str:
    """Translate such a message and say how many, in place of its {count}."""
    return _n(*text, count).format(count=count)
