"""What comes in wrong goes out as a described problem, and nothing leaks."""

from __future__ import annotations

import io
import json

import httpx
import msgspec
import pytest

from central.http.endpoints import ENDPOINTS
from central.http.openapi import describe_interface
from central.http.problems import PROBLEMS
from central.service import Central
from central.workers import Workers
from clerk.clock import SettableClock
from clerk.contract.sync import Problem
from clerk.errors import UnreachableError
from clerk.log import logging_to
from tests.support.cases import CLERK
from tests.support.central import MANAGER, PASSWORD, TalkingDesk, read_problem

REQUEST = "0197f000-0000-7000-8000-00000000abcd"


def test_malformed_json(enrolled_device: TalkingDesk) -> None:
    for body in (b"", b"{", b"\xff\xfe", b"nul"):
        answer = enrolled_device.http.post(
            "/lookups", content=body, headers=enrolled_device.headers()
        )
        assert read_problem(answer, 400).code == "body.malformed"


HOSTILE = {
    "deep lists": (b"[" * 60_000, {"body.malformed", "body.invalid"}),
    "deep objects": (b'{"x":' * 12_000, {"body.malformed"}),
    "a NUL": (b'{"login":"a\\u0000b","password":"long enough"}', {"body.malformed"}),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_body_is_refused_like_any_other(enrolled_device: TalkingDesk, kind: str) -> None:
    body, codes = HOSTILE[kind]
    for path in ("/enrol", "/session", "/lookups"):
        answer = enrolled_device.http.post(path, content=body, headers=enrolled_device.headers())
        assert answer.headers["Clerk-Problem"] in codes


def test_a_hostile_query_is_refused_like_any_other(enrolled_device: TalkingDesk) -> None:
    enrolled_device.sign_in(MANAGER.login)
    assert read_problem(enrolled_device.get("/cases/%00"), 404).code == "http.not_found"
    for since, until in (("9999-12-31", "9999-12-31"), ("0000-01-01", "0001-01-01"), ("x", "")):
        answer = enrolled_device.get("/reports/cases", since=since, until=until)
        assert read_problem(answer, 422).code == "report.period"


def test_a_wrong_message_says_where_and_not_what(enrolled_device: TalkingDesk) -> None:
    answer = enrolled_device.call("/lookups", {"id_kind": "secret-typing"})
    problem = read_problem(answer, 422)
    assert problem.code == "body.invalid"
    assert problem.parameters == {"at": "$.id_kind"}
    assert b"secret-typing" not in answer.content


def test_a_body_has_a_limit_told_or_not(enrolled_device: TalkingDesk) -> None:
    big = b"x" * 70_000
    told = enrolled_device.http.post("/lookups", content=big)
    assert read_problem(told, 413).parameters == {"most_bytes": "65536"}
    streamed = enrolled_device.http.post("/lookups", content=iter([big[:40_000], big[40_000:]]))
    assert read_problem(streamed, 413).code == "body.too_large"


def test_a_compressed_body_is_not_understood(enrolled_device: TalkingDesk) -> None:
    answer = enrolled_device.call("/session", {}, **{"Content-Encoding": "gzip"})
    assert read_problem(answer, 415).code == "body.encoding"


def test_other_paths_and_methods(central_url: str) -> None:
    with httpx.Client(base_url=central_url, trust_env=False) as http:
        assert read_problem(http.get("/nothing"), 404).code == "http.not_found"
        assert read_problem(http.get("/enrol"), 405).code == "http.method_not_allowed"


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer x", "Basic x"])
def test_nobody_comes_in_without_a_token(enrolled_device: TalkingDesk, token: str) -> None:
    for endpoint in ENDPOINTS:
        if "token.expired" not in endpoint.codes or endpoint.takes is not None:
            continue
        answer = enrolled_device.http.request(
            endpoint.method,
            endpoint.path.format(case_id="x", project_id="x", sha256="0" * 64),
            params={"since": "2026-06-01", "until": "2026-06-02"},
            headers={"Authorization": token} if token else {},
        )
        assert answer.headers["Clerk-Problem"] == "token.expired"
        if endpoint.method != "HEAD":
            assert read_problem(answer, 401).code == "token.expired"


def test_the_request_id_travels(enrolled_device: TalkingDesk) -> None:
    answer = enrolled_device.call("/lookups", {}, **{"Clerk-Request": REQUEST})
    assert answer.headers["Clerk-Request"] == REQUEST
    assert read_problem(answer, 422).request_id == REQUEST
    strange = enrolled_device.call("/lookups", {}, **{"Clerk-Request": "a person's name"})
    assert strange.headers["Clerk-Request"] != "a person's name"


def test_what_nobody_expected_is_logged_and_not_shown(
    central: Central, enrolled_device: TalkingDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(central, "attempts", None)
    typed = {"login": "a-login-typed", "password": PASSWORD}
    with logging_to(stream):
        answer = enrolled_device.call("/session", typed, **{"Clerk-Request": REQUEST})
    assert read_problem(answer, 500) == Problem(code="central.unexpected", request_id=REQUEST)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    (failed,) = [line for line in lines if line["event"] == "request.failed"]
    assert failed["request"] == REQUEST
    assert failed["error"] == "AttributeError"
    assert failed["trace"]
    assert "a-login-typed" not in stream.getvalue()
    assert PASSWORD not in stream.getvalue()


def test_wrong_passwords_are_few(enrolled_device: TalkingDesk, clock: SettableClock) -> None:
    wrong = {"login": CLERK.login, "password": "wrong"}
    for _ in range(10):
        answer = enrolled_device.call("/session", wrong)
        assert read_problem(answer, 401).code == "session.wrong_password"
    refused = enrolled_device.call("/session", {"login": CLERK.login, "password": PASSWORD})
    assert read_problem(refused, 429).code == "session.too_many_attempts"
    assert int(refused.headers["Retry-After"]) == 300


def test_a_session_ends(enrolled_device: TalkingDesk) -> None:
    enrolled_device.sign_in(CLERK.login)
    query = {"case_number": "", "id_number": ""}
    assert enrolled_device.call("/cases/ready", query).status_code == 422
    assert enrolled_device.call("/session/end", {}).status_code == 204
    assert read_problem(enrolled_device.call("/cases/ready", query), 401).code == "session.expired"


async def test_too_much_waiting_is_refused() -> None:
    workers = Workers(threads=1, most_waiting=0)
    workers.busy = 1
    with pytest.raises(UnreachableError, match="busy"):
        await workers.run(lambda: None)
    workers.close()


def test_an_overloaded_central_says_when_to_come_again(
    central: Central, enrolled_device: TalkingDesk
) -> None:
    central.workers.busy += 10**6
    answer = enrolled_device.get("/ready")
    central.workers.busy -= 10**6
    assert read_problem(answer, 503).code == "central.busy"
    assert int(answer.headers["Retry-After"]) > 0


def test_health_readiness_and_metrics(enrolled_device: TalkingDesk) -> None:
    assert enrolled_device.get("/health").json() == {"status": "ok"}
    assert enrolled_device.get("/ready").json() == {"status": "ok"}
    text = enrolled_device.get("/metrics").text
    assert 'clerk_requests_total{route="/sync/hello",status="200"} 1' in text
    assert 'clerk_request_seconds_count{route="/sync/hello"} 1' in text
    assert "clerk_waiting_desks 0" in text


def test_the_interface_is_described_with_its_errors(enrolled_device: TalkingDesk) -> None:
    described = enrolled_device.get("/openapi.json").json()
    assert described == msgspec.json.decode(
        msgspec.json.encode(describe_interface(described["info"]["version"]))
    )
    assert set(described["paths"]) == {endpoint.path for endpoint in ENDPOINTS}
    told = json.dumps(described)
    for endpoint in ENDPOINTS:
        assert set(endpoint.codes) <= set(PROBLEMS)
    routeless = {"http.not_found", "http.method_not_allowed", "window.unknown"}
    assert not [code for code in set(PROBLEMS) - routeless if f"`{code}`" not in told]
    references = set(find_references(described))
    assert references <= {
        f"#/components/schemas/{one}" for one in described["components"]["schemas"]
    }


def find_references(described: object) -> list[str]:
    if isinstance(described, dict):
        own = [described["$ref"]] if isinstance(described.get("$ref"), str) else []
        return own + [one for value in described.values() for one in find_references(value)]
    if isinstance(described, list):
        return [one for value in described for one in find_references(value)]
    return []
