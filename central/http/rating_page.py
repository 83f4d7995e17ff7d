"""The page on which an applicant rates: plain HTML without a script, for any phone or tablet."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from central.http.answering import Binary
from clerk.contract.rating import Level
from clerk.locale import LANGUAGES, get_translation, listed, mark
from clerk.rules.rating import INDICATORS, LEVELS, MOST_WORDS

Say = Callable[[str], str]

_TITLE = mark("Rate the service")
_STYLE = """
body{font-family:sans-serif;margin:1.2em auto;max-width:36em;padding:0 1em;font-size:1.1em}
h1{font-size:1.4em}dt{color:#555;font-size:.85em}dd{margin:0 0 .5em}
.level{position:absolute;opacity:0}
.level+label{display:block;border:2px solid #888;border-radius:.5em;padding:.8em;margin:.4em 0}
.level:checked+label{border-color:#06c;background:#e3efff;font-weight:bold}
.level:focus-visible+label{outline:3px solid #06c}
.why{display:none;border:0;padding:0 0 0 1em;margin:0}.why label{display:block;padding:.4em 0}
.level:checked+label+.why{display:block}
textarea{width:100%;box-sizing:border-box;font:inherit}
button{font:inherit;font-weight:bold;width:100%;padding:1em;margin:1em 0;border:0;
border-radius:.5em;background:#06c;color:#fff}.wrong{color:#b00}small{color:#555}
"""

TOLD: dict[str, tuple[int, str, str]] = {
    "thanks": (
        200,
        mark("Thank you."),
        mark("Your rating has arrived. Whoever served you is not shown it."),
    ),
    "rating.given": (
        409,
        mark("This visit has been rated already."),
        mark("Each visit is rated once, and the first rating counts. Nothing more is needed."),
    ),
    "rating.code_unknown": (
        404,
        mark("This code is not known here."),
        mark("Scan the code on your receipt once more. A receipt of today may need a few minutes."),
    ),
    "rating.code_over": (
        410,
        mark("This code is too old."),
        mark("Days in which ratings are taken: {days}. Staff of the hall hear you at any time."),
    ),
    "verification.too_many": (
        429,
        mark("Too many have asked from here just now."),
        mark("Please wait a minute and try again."),
    ),
}
"""What the page tells instead of its form: status, headline, and what is to be done."""


class Rated(NamedTuple):
    """What is rated: items, the day, and where."""

    items: Sequence[str]
    on: date
    centre: str
    window: str


def choose_language(accepted: str) -> str:
    """The language that a browser likes best of ours; Chinese where it says nothing."""
    best, liked = LANGUAGES[0], 0.0
    for part in accepted.lower().split(","):
        name, _, quality = part.strip().partition(";q=")
        known = next((one for one in LANGUAGES if one[:2] == name[:2]), None)
        weight = _read_quality(quality)
        if known is not None and weight > liked:
            best, liked = known, weight
    return best


def tell(what: str, language: str, **parameters: str) -> Binary:
    """A page that tells something and asks nothing."""
    status, headline, then = TOLD[what]
    say = get_translation(language).gettext
    told = say(then).format(**parameters)
    body = f"<h1>{html.escape(say(headline))}</h1><p>{html.escape(told)}</p>"
    return _page(body, language, status)


def ask(rated: Rated, language: str, *, wrong: bool = False) -> Binary:
    """The form. `wrong`: it came back without a level."""
    say = get_translation(language).gettext
    choose, send = say(mark("Please choose one of the five.")), say(mark("Send the rating"))
    words = say(mark("In your own words, if you like. Please write no ID numbers."))
    levels = "".join(_offer(level, say) for level in Level)
    reminder = f'<p class="wrong">{html.escape(choose)}</p>' if wrong else ""
    body = (
        f"<h1>{html.escape(say(_TITLE))}</h1>{_describe(rated, language)}{reminder}"
        f'<form method="post">{levels}<p><label>{html.escape(words)}'
        f'<textarea name="words" rows="3" maxlength="{MOST_WORDS}"></textarea></label></p>'
        f'<button type="submit">{html.escape(send)}</button></form>'
    )
    text = mark("The window does not see what you choose. A visit is rated once.")
    return _page(f"{body}<p><small>{html.escape(say(text))}</small></p>", language, 422 * wrong)


def _describe(rated: Rated, language: str) -> str:
    say = get_translation(language).gettext
    rows = (
        (mark("Items"), listed(rated.items, language)),
        (mark("Day"), rated.on.isoformat()),
        (mark("Place of service"), " ".join(part for part in (rated.centre, rated.window) if part)),
    )
    told = "".join(
        f"<dt>{html.escape(say(name))}</dt><dd>{html.escape(text)}</dd>" for name, text in rows
    )
    return f"<dl>{told}</dl>"


def _offer(level: Level, say: Say) -> str:
    """A level, and below it what it may be given for, shown once it is chosen."""
    why = "".join(
        f'<label><input type="checkbox" name="why" value="{one.code}"> '
        f"{html.escape(say(one.text))}</label>"
        for one in INDICATORS[level]
    )
    stars = "★" * int(level) + "☆" * (5 - int(level))
    return (
        f'<input class="level" type="radio" name="level" id="l{level}" value="{level}" required>'
        f'<label for="l{level}">{stars} {html.escape(say(LEVELS[level]))}</label>'
        f'<fieldset class="why">{why}</fieldset>'
    )


def _page(body: str, language: str, status: int) -> Binary:
    title = html.escape(get_translation(language).gettext(_TITLE))
    tag = "zh-CN" if language == LANGUAGES[0] else language
    whole = (
        f'<!doctype html><html lang="{tag}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style>{body}</html>"
    )
    headers = {
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
            "frame-ancestors 'none'; base-uri 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Content-Language": tag,
    }
    kind = "text/html; charset=utf-8"
    return Binary(body=whole.encode(), status=status or 200, headers=headers, media_type=kind)


def _read_quality(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
