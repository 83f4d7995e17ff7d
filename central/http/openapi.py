"""The description of the interface (OpenAPI 3.1), generated from the messages themselves."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from central.http.endpoint import Endpoint
from central.http.endpoints import ENDPOINTS
from central.http.problems import PROBLEMS
from clerk.contract.command import AnyCommand
from clerk.contract.sync import Problem

_REFERENCES = "#/components/schemas/{name}"
_EVERYWHERE = ("body.too_large", "body.encoding", "central.busy", "central.unexpected")
_OF_BODIES = ("body.malformed", "body.invalid")
_BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
_IN_PATH = re.compile(r"{(\w+)}")


def describe_interface(version: str) -> dict[str, Any]:
    """The whole description, ready to be encoded."""
    kinds = [one for end in ENDPOINTS for one in (end.takes, end.gives) if one is not None]
    schemas, components = msgspec.json.schema_components(
        [*kinds, Problem, AnyCommand], ref_template=_REFERENCES
    )
    known = iter(schemas)
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in ENDPOINTS:
        takes = next(known) if endpoint.takes is not None else None
        gives = next(known) if endpoint.gives is not None else None
        described = _operation(endpoint, takes, gives)
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {"title": "clerk central", "version": version},
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": _SECURITY},
    }


_SECURITY = {
    "desk": {
        "type": "http",
        "scheme": "bearer",
        "description": "The token of the desk's last hello.",
    },
    "session": {
        "type": "apiKey",
        "in": "header",
        "name": "Clerk-Session",
        "description": "The token of whoever is signed in at the desk.",
    },
    "package": {
        "type": "http",
        "scheme": "bearer",
        "description": "The key of a subscriber to one dataset.",
    },
}


def _operation(endpoint: Endpoint, takes: Any, gives: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    handler = endpoint.handler
    name = handler.__name__ if handler else "pull"
    summary = handler.__doc__ if handler else "What changed since a cursor; waits for it if asked."
    described: dict[str, Any] = {
        "operationId": name,
        "summary": (summary or name).partition("\n")[0],
        "parameters": _parameters(endpoint),
        "responses": {**_success(gives, endpoint), **_failures(endpoint)},
    }
    if endpoint.binary and endpoint.gives is None:
        described["requestBody"] = {"required": True, "content": _BYTES}
    if takes is not None:
        content = {"application/json": {"schema": takes}}
        described["requestBody"] = {"required": True, "content": content}
    if "session.expired" in endpoint.codes:
        described["security"] = [{"desk": [], "session": []}]
    elif "token.expired" in endpoint.codes:
        described["security"] = [{"desk": []}]
    elif "package.key_unknown" in endpoint.codes:
        described["security"] = [{"package": []}]
    return described


def _parameters(endpoint: Endpoint) -> list[dict[str, Any]]:
    text = {"type": "string"}
    in_query = [{"name": one, "in": "query", "schema": text} for one in endpoint.query]
    in_headers = [{"name": one, "in": "header", "schema": text} for one in endpoint.headers]
    in_path = [
        {"name": name, "in": "path", "required": True, "schema": text}
        for name in _IN_PATH.findall(endpoint.path)
    ]
    return [*in_query, *in_headers, *in_path]


def _success(gives: Any, endpoint: Endpoint) -> dict[str, Any]:  # noqa: ANN401 - JSON
    if endpoint.binary and endpoint.gives is not None:
        return {
            "200": {"description": "All of it.", "content": _BYTES},
            "206": {"description": "The range that was asked for.", "content": _BYTES},
        }
    if gives is None:
        return {"204": {"description": "Done."}}
    return {"200": {"description": "Done.", "content": {"application/json": {"schema": gives}}}}


def _failures(endpoint: Endpoint) -> dict[str, Any]:
    """The problems of a call by status, each code with what it means."""
    codes = {*endpoint.codes, *_EVERYWHERE, *(_OF_BODIES if endpoint.takes is not None else ())}
    by_status: dict[str, list[str]] = {}
    for code in sorted(codes):
        status, meaning = PROBLEMS[code]
        by_status.setdefault(str(status), []).append(f"`{code}`: {meaning}")
    schema = {"$ref": _REFERENCES.format(name="Problem")}
    content = {"application/json": {"schema": schema}}
    return {
        status: {"description": "\n\n".join(lines), "content": content}
        for status, lines in sorted(by_status.items())
    }
