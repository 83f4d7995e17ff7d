"""The page by which an applicant rates with the code of a receipt; nobody signs in for it."""

from __future__ import annotations

import re
from functools import partial
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from msgspec.structs import replace

from central.acts import rating
from central.acts.rating import Came
from central.db import audit, feed, lookups, offices, ratings, settings
from central.db.engine import Connection
from central.http import rating_page
from central.http.answering import Binary
from central.http.asked import Asked
from central.http.rating_page import Rated
from central.secrets import new_token
from central.service import Central
from clerk.clock import OFFICE_ZONE
from clerk.contract.rating import Chosen, Level, RatingWay
from clerk.errors import RefusedError
from clerk.rules.rating import MOST_WORDS, wrong_choice
from clerk.text import keep_printable

_COOKIE = "clerk_device"
_COOKIE_TEXT = re.compile(r"[\w-]{43}")
_YEAR_S = 365 * 24 * 3600
_MOST_FIELDS = 60
_APPLICANT = "applicant"


def show_rating(central: Central, asked: Asked) -> Binary:
    """The page on which a visit, or an online case, is rated."""
    language = rating_page.choose_language(asked.headers.get("accept-language", ""))
    try:
        central.visits.note(asked.client, central.clock.now())
        with central.database.read() as connection:
            visit = rating.open_code(connection, asked.path["code"], central.clock.now())
            if ratings.is_rated(connection, visit):
                return rating_page.tell("rating.given", language)
            page = rating_page.ask(_describe(connection, visit), language)
            return _with_cookie(page, asked, settings.get_rating_choice(connection).address)
    except RefusedError as refused:
        return _refuse(refused, language)


def take_rating(central: Central, asked: Asked) -> Binary:
    """What was chosen on the page; the first of a visit counts."""
    language = rating_page.choose_language(asked.headers.get("accept-language", ""))
    try:
        central.visits.note(asked.client, central.clock.now())
        chosen = _read(asked.raw)
        return central.database.commit(
            partial(_take, central=central, asked=asked, chosen=chosen, language=language)
        )
    except RefusedError as refused:
        return _refuse(refused, language)


def _take(
    connection: Connection, central: Central, asked: Asked, chosen: Chosen | None, language: str
) -> Binary:
    now = central.clock.now()
    visit = rating.open_code(connection, asked.path["code"], now)
    if chosen is None:
        return rating_page.ask(_describe(connection, visit), language, wrong=True)
    came = Came(RatingWay.PAGE, _name_device(connection, asked), now)
    heard = rating.rate(connection, visit, chosen, came)
    if heard is None:
        return rating_page.tell("rating.given", language)
    entry = audit.Entry(at=now, actor=_APPLICANT, action="rating.given", subject=visit)
    audit.append(connection, entry)
    feed.announce(connection, heard.changes)
    return rating_page.tell("thanks", language)


def _refuse(refused: RefusedError, language: str) -> Binary:
    return rating_page.tell(refused.code, language, **refused.told)


def _describe(connection: Connection, visit: str) -> Rated:
    rated = rating.list_rated(connection, visit)
    first = rated[0]
    window = offices.find_window(connection, first.window)
    return Rated(
        items=[one.terms.name for one in rated],
        on=first.received_at.astimezone(OFFICE_ZONE).date(),
        centre=window.centre if window else "",
        window=window.name if window else "",
    )


def _read(raw: bytes) -> Chosen | None:
    """What the form says; nothing where no level was chosen or it is not of our making.

    A browser sends the ticks of every level that was looked at: those of the chosen one count.
    """
    try:
        fields = parse_qs(raw.decode(), max_num_fields=_MOST_FIELDS)
        level = Level(fields.get("level", [""])[0])
    except ValueError:
        return None
    words = keep_printable(fields.get("words", [""])[0].replace("\0", ""))[:MOST_WORDS]
    plain = Chosen(level=level, words=words)
    fit = {
        one: None
        for one in fields.get("why", [])
        if wrong_choice(replace(plain, indicators=(one,))) is None
    }
    return replace(plain, indicators=tuple(sorted(fit)))


def _name_device(connection: Connection, asked: Asked) -> str:
    """What tells browsers apart: what ours keeps for it, else a keyed hash of its address."""
    kept = _read_cookie(asked)
    return lookups.digest(connection, f"rater:{kept or asked.client}")


def _read_cookie(asked: Asked) -> str:
    try:
        found = SimpleCookie(asked.headers.get("cookie", "")).get(_COOKIE)
    except CookieError:
        return ""
    return found.value if found and _COOKIE_TEXT.fullmatch(found.value) else ""


def _with_cookie(page: Binary, asked: Asked, address: str) -> Binary:
    """Let the browser keep a name that says nothing of anybody."""
    if _read_cookie(asked):
        return page
    safe = "; Secure" if address.startswith("https://") else ""
    cookie = f"{_COOKIE}={new_token()}; Path=/; Max-Age={_YEAR_S}; HttpOnly; SameSite=Lax{safe}"
    return replace(page, headers={**page.headers, "Set-Cookie": cookie})
