"""The log: one JSON line per thing done, with fields and never a person.

What gets into a line by mistake is scrubbed of whatever looks like an ID or telephone number.
"""

from __future__ import annotations

import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import IO

import msgspec

from clerk.rules.identifiers.masking import scrub

_FIELDS = "fields"
_request: ContextVar[str] = ContextVar("request", default="")


def write_event(logger: logging.Logger, event: str, /, **fields: object) -> None:
    """Log one thing done: a name of dotted words, and fields such as `case_id`."""
    logger.info(event, extra={_FIELDS: fields})


def write_failure(
    logger: logging.Logger, event: str, error: BaseException, /, **fields: object
) -> None:
    """Log what went wrong, with its trace but without its message, which may speak of people."""
    told = {"error": type(error).__name__, "code": getattr(error, "code", "")}
    trace = [line.strip() for line in traceback.format_tb(error.__traceback__)]
    logger.error(event, extra={_FIELDS: {**told, **fields, "trace": trace}})


def set_request(request_id: str) -> None:
    """Name the request that everything logged from here on belongs to."""
    _request.set(request_id)


def request_id() -> str:
    """The request at hand, or nothing."""
    return _request.get()


def set_up_log(stream: IO[str] | None = None, level: int = logging.INFO) -> logging.Handler:
    """Write the program's log as JSON lines, by default to stderr; returns its handler."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    for name in ("central", "clerk", "services", "storage"):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level)
        logger.propagate = False
    return handler


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, scrubbed."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        if _request.get():
            told["request"] = _request.get()
        told.update(getattr(record, _FIELDS, {}))
        return scrub(msgspec.json.encode(told, enc_hook=str).decode())
