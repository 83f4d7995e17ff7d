"""The calls that anybody may make who holds a licence: with a phone, or at a desk."""

from __future__ import annotations

import html
import re
from datetime import date
from urllib.parse import parse_qs

from central.http.answering import Binary
from central.http.asked import Asked
from central.licensing.verifying import verify, verify_paper
from central.service import Central
from clerk.clock import OFFICE_ZONE
from clerk.contract.licence import LicenceStatus
from clerk.contract.verification import AskVerified, Verified, VerifiedPaper
from clerk.errors import RefusedError

_HASH = re.compile(r"[0-9a-f]{64}")
_MOST_LENGTH = 128
_STATES = {
    LicenceStatus.VALID: "有效",
    LicenceStatus.SUSPENDED: "暂扣中，暂不得使用",
    LicenceStatus.REVOKED: "已撤销",
    LicenceStatus.CANCELLED: "已注销",
    LicenceStatus.EXPIRED: "有效期届满",
}
_NOTHING = "没有这个编号，或者核验码不对。请对照证照重新输入。"
_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 10
_ASK = (
    '<form method="post" action="verify"><p><label>证照编号<input name="n" required'
    f' maxlength="{_MOST_LENGTH}"></label><p><label>核验码<input name="c" required'
    ' inputmode="numeric" maxlength="20"></label><p><button>核验</button></form>'
)
"""With an address of its own: an empty one would send what stood in the page's along."""


def show_licence(central: Central, asked: Asked) -> Verified | Binary:
    """What a licence is worth today, by the address of its QR code; without one, a form asks."""
    if not asked.query and _for_people(asked):
        return _page("请输入证照编号", (), form=True)
    return _look(
        central, asked, AskVerified(number=asked.query.get("n", ""), code=asked.query.get("c", ""))
    )


def ask_licence(central: Central, asked: Asked) -> Verified | Binary:
    """The same by what somebody typed, at a desk or into the form; it stands in no address."""
    if asked.headers.get("content-type", "").startswith(_FORM):
        return _look(central, asked, _read_form(asked.raw))
    return _look(central, asked, asked.decode(AskVerified))


def _look(central: Central, asked: Asked, about: AskVerified) -> Verified | Binary:
    """A message for a program, a page for a phone."""
    central.visits.note(asked.client, central.clock.now())
    number, code = (one[:_MOST_LENGTH] for one in (about.number, about.code))
    try:
        with central.database.read() as connection:
            told = verify(connection, number, code, _today(central))
    except RefusedError:
        if not _for_people(asked):
            raise
        return _page("未查到", (("结果", _NOTHING),), 404, form=True)
    return _page(*_told(told)) if _for_people(asked) else told


def show_paper(central: Central, asked: Asked) -> VerifiedPaper:
    """What a sealed file is to central."""
    central.visits.note(asked.client, central.clock.now())
    sha256, seal = asked.path["sha256"], asked.query.get("seal", "")
    if not _HASH.fullmatch(sha256) or not _HASH.fullmatch(seal):
        raise RefusedError("verification.unknown")
    with central.database.read() as connection:
        return verify_paper(connection, sha256, seal, _today(central))


def _for_people(asked: Asked) -> bool:
    return "text/html" in asked.headers.get("accept", "")


def _read_form(raw: bytes) -> AskVerified:
    """What was typed into the form; nothing where it is not of our making."""
    try:
        fields = parse_qs(raw.decode(), max_num_fields=_MOST_FIELDS)
    except ValueError:
        return AskVerified()
    number, code = (fields.get(one, [""])[0].replace("\0", "").strip() for one in ("n", "c"))
    return AskVerified(number=number, code=code)


def _today(central: Central) -> date:
    return central.clock.now().astimezone(OFFICE_ZONE).date()


def _told(told: Verified) -> tuple[str, tuple[tuple[str, str], ...]]:
    until = told.valid_until.isoformat() if told.valid_until else "长期"
    return _STATES[told.status], (
        ("证照", told.name),
        ("编号", told.number),
        ("持证人", told.holder),
        ("颁发机关", told.office),
        ("颁发日期", told.issued_on.isoformat()),
        ("有效期至", until),
        ("查询日期", told.as_of.isoformat()),
    )


def _page(
    state: str, rows: tuple[tuple[str, str], ...], status: int = 200, *, form: bool = False
) -> Binary:
    """A page without a script, that a phone of any age shows."""
    lines = "".join(
        f"<tr><th>{html.escape(name)}</th><td>{html.escape(text)}</td></tr>" for name, text in rows
    )
    body = (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        "<title>证照核验</title><style>body{font-family:sans-serif;margin:1.5em auto;"
        "max-width:34em;padding:0 1em}th{text-align:left;padding:.3em 1em .3em 0;"
        "color:#555;white-space:nowrap;vertical-align:top}h1{font-size:1.6em}"
        "input,button{display:block;font:inherit;width:100%;box-sizing:border-box;padding:.4em}"
        f"</style><p>证照核验</p><h1>{html.escape(state)}</h1><table>{lines}</table>"
        f"{_ASK if form else ''}</html>"
    )
    headers = {
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"
        ),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    kind = "text/html; charset=utf-8"
    return Binary(body=body.encode(), status=status, headers=headers, media_type=kind)
