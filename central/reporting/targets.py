"""Where a report may be sent to by itself, looked at before it is kept."""

from __future__ import annotations

import ipaddress
import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from central.credentials import read_secret
from central.db.report_schedules import Target
from clerk.errors import InputError

_PLACES = ("env:", "file:")


def read_folder(folder: Path) -> Target:
    """A folder that is there and can be written. Raises InputError `schedule.folder`."""
    place = folder.expanduser().absolute()
    if not place.is_dir():
        raise InputError("schedule.folder", folder=str(place))
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise InputError("schedule.folder_closed", folder=str(place), reason=reason) from error
    return Target(folder=str(place))


def read_webhook(url: str, secret: str) -> Target:
    """A webhook over https, or http on this machine, and where its secret lies.

    Raises InputError `schedule.url` or `schedule.secret`. What the environment holds is not
    looked at: the serving process has another.
    """
    if not _is_fit(url):
        raise InputError("schedule.url")
    if not secret.startswith(_PLACES) or not secret.partition(":")[2]:
        raise InputError("schedule.secret")
    if secret.startswith("file:"):
        secret = f"file:{Path(secret.removeprefix('file:')).expanduser().absolute()}"
        if not read_secret(secret):
            raise InputError("schedule.secret")
    return Target(url=url, secret=secret)


def host_of(target: Target) -> str:
    """The scheme and the host of a webhook: what may be shown of its address."""
    parts = urlsplit(target.url)
    return f"{parts.scheme}://{parts.netloc}"


def _is_fit(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if not host or "@" in parts.netloc or parts.fragment or not url.isascii():
        return False
    if not url.isprintable() or " " in url:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_here(host))


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
