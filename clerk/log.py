"""The log: one JSON line per thing done, with fields and never a person.

What gets into a line by mistake is scrubbed of whatever looks like an ID or telephone number.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import IO

import msgspec

_FIELDS = "fields"
_PROGRAMS = ("central", "clerk", "screens", "services", "storage")
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


@contextmanager
def logging_to(stream: IO[str], level: int = logging.INFO) -> Iterator[None]:
    """Write the log of all our programs to this stream, as JSON lines, and nowhere else."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    loggers = [logging.getLogger(name) for name in _PROGRAMS]
    before = [(one.handlers, one.level, one.propagate) for one in loggers]
    for logger in loggers:
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)
    try:
        yield
    finally:
        for logger, (handlers, old_level, propagate) in zip(loggers, before, strict=True):
            logger.handlers, logger.propagate = handlers, propagate
            logger.setLevel(old_level)


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, scrubbed."""
        # With the first line: what it takes to know a number would delay the first frame.
        from clerk.rules.identifiers.masking import scrub

        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        if _request.get():
            told["request"] = _request.get()
        told.update(getattr(record, _FIELDS, {}))
        return scrub(msgspec.json.encode(told, enc_hook=str).decode())
