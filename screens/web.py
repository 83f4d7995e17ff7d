"""`clerk web`: the same window in a browser, for a seat without a terminal.

Whoever reaches the page sits at the desk, so it is served to this machine's loopback alone, and to
no page of another origin: a web site must not type into it.
"""

from __future__ import annotations

import html
import shlex
import subprocess
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from clerk.errors import InputError
from clerk.locale import _, language, mark

if TYPE_CHECKING:
    from aiohttp import web
    from aiohttp.typedefs import Handler, Middleware

HOST = "127.0.0.1"
_OWN_WINDOW = mark(
    "Give it a window of its own, where Ctrl+N, Ctrl+T and Ctrl+W are the desk's and no tab's:"
    " chromium --app={address}"
)
_RULES = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self' ws://{host}; frame-ancestors 'none'"
)
"""What the page may load: nothing from elsewhere, and no page may frame it."""


def serve_desk(profile_name: str, *, port: int, practice: bool = False, plain: bool = False) -> int:
    """Serve the desk of a profile until Ctrl+C; each page that is opened is a window of it.

    Raises InputError `web.absent` where the extra is not installed.
    """
    try:
        from textual_serve.server import Server
    except ImportError as error:
        raise InputError("web.absent") from error
    command = ["practice"] if practice else ["--profile", profile_name]
    command = ["--plain", *command] if plain else command

    class GuardedServer(Server):
        """Textual's server, with a guard before its pages."""

        async def _make_app(self) -> web.Application:
            application = await super()._make_app()
            application.middlewares.append(guard(f"{HOST}:{port}"))
            return application

    server = GuardedServer(join_command(command), host=HOST, port=port, title="clerk")
    for told in (mark("The desk is at {address}"), _OWN_WINDOW):
        sys.stdout.write(_(told).format(address=server.public_url) + "\n")
    sys.stdout.flush()
    server.serve()
    return 0


def join_command(arguments: Sequence[str]) -> str:
    """The program with these arguments as the platform's shell reads it."""
    command = [sys.executable, "-m", "clerk", "--language", language(), *arguments]
    return subprocess.list2cmdline(command) if sys.platform == "win32" else shlex.join(command)


def speak(page: str) -> str:
    """What Textual's page says of its own, in the language spoken."""
    for english, told in (
        ("Session ended.", _("The window is closed. What was typed is kept.")),
        ("Restart", _("Open it again")),
        ("Start", _("Open it")),
    ):
        page = page.replace(f">{english}<", f">{html.escape(told)}<")
    return page


def guard(host: str) -> Middleware:
    """Refuse whoever asks under another name or from another page, and say what a page may load."""
    from aiohttp import web

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        origin = request.headers.get("Origin", f"http://{host}")
        if request.host != host or origin != f"http://{host}":
            raise web.HTTPForbidden
        response = await handler(request)
        if not response.prepared:
            if isinstance(response, web.Response) and response.content_type == "text/html":
                response.text = speak(response.text or "")
            response.headers["Content-Security-Policy"] = _RULES.format(host=host)
            response.headers["Cache-Control"] = "no-store"
        return response

    return guarded
