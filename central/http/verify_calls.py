"""The calls that anybody may make who holds a licence: with a phone, or at a desk."""

from __future__ import annotations

import html
import re
from datetime import date

from central.http.answering import Binary
from central.http.asked import Asked
from central.licensing.verifying import verify, verify_paper
from central.service import Central
from clerk.clock import OFFICE_ZONE
from clerk.contract.licence import LicenceStatus
from clerk.contract.verification import Verified, VerifiedPaper
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


def show_licence(central: Central, asked: Asked) -> Verified | Binary:
    """What a licence is worth today: a message for a program, a page for a phone."""
    central.visits.note(asked.client, central.clock.now())
    for_people = "text/html" in asked.headers.get("accept", "")
    number, code = (asked.query.get(one, "")[:_MOST_LENGTH] for one in ("n", "c"))
    try:
        with central.database.read() as connection:
            told = verify(connection, number, code, _today(central))
    except RefusedError:
        if not for_people:
            raise
        return _page(
            "未查到", (("结果", "没有这个编号，或者核验码不对。请对照证照重新输入。"),), 404
        )
    return _page(*_told(told)) if for_people else told


def show_paper(central: Central, asked: Asked) -> VerifiedPaper:
    """What a sealed file is to central."""
    central.visits.note(asked.client, central.clock.now())
    sha256, seal = asked.path["sha256"], asked.query.get("seal", "")
    if not _HASH.fullmatch(sha256) or not _HASH.fullmatch(seal):
        raise RefusedError("verification.unknown")
    with central.database.read() as connection:
        return verify_paper(connection, sha256, seal, _today(central))


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


def _page(state: str, rows: tuple[tuple[str, str], ...], status: int = 200) -> Binary:
    """A page without a script, that a phone of any age shows."""
    lines = "".join(
        f"<tr><th>{html.escape(name)}</th><td>{html.escape(text)}</td></tr>" for name, text in rows
    )
    body = (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        "<title>证照核验</title><style>body{font-family:sans-serif;margin:1.5em auto;"
        "max-width:34em;padding:0 1em}th{text-align:left;padding:.3em 1em .3em 0;"
        "color:#555;white-space:nowrap;vertical-align:top}h1{font-size:1.6em}</style>"
        f"<p>证照核验</p><h1>{html.escape(state)}</h1><table>{lines}</table></html>"
    )
    headers = {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    kind = "text/html; charset=utf-8"
    return Binary(body=body.encode(), status=status, headers=headers, media_type=kind)
