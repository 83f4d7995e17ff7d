"""The log says what was done and speaks of nobody."""

from __future__ import annotations

import io
import json
import logging

from clerk.errors import InputError
from clerk.log import logging_to, set_request, write_event, write_failure
from tests.support.people import a_person

LOG = logging.getLogger("central.something")


def read_lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_line_with_its_fields() -> None:
    stream = io.StringIO()
    with logging_to(stream):
        set_request("r-1")
        write_event(LOG, "case.received", case_id="c-1", elapsed_ms=3)
        set_request("")
    (line,) = read_lines(stream)
    assert line.pop("at")
    assert line == {
        "level": "info",
        "event": "case.received",
        "request": "r-1",
        "case_id": "c-1",
        "elapsed_ms": 3,
    }


def fail() -> None:
    raise InputError("some.code", typed=a_person().name)


def test_a_failure_has_its_trace_and_not_its_message() -> None:
    stream = io.StringIO()
    with logging_to(stream):
        try:
            fail()
        except InputError as error:
            write_failure(LOG, "request.failed", error)
    (line,) = read_lines(stream)
    assert (line["error"], line["code"]) == ("InputError", "some.code")
    assert "test_log.py" in str(line["trace"])
    assert a_person().name not in stream.getvalue()


def test_a_number_that_slipped_in_is_scrubbed() -> None:
    stream = io.StringIO()
    with logging_to(stream):
        write_event(LOG, "case.received", note=f"of {a_person().id_number}")
    assert a_person().id_number not in stream.getvalue()
    assert read_lines(stream)


def test_afterwards_everything_is_as_before() -> None:
    logger = logging.getLogger("central")
    before = (logger.handlers, logger.level, logger.propagate)
    with logging_to(io.StringIO()):
        assert logger.handlers
    assert (logger.handlers, logger.level, logger.propagate) == before
