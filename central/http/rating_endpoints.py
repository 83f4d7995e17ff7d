"""The calls by which applicants rate; nobody signs in for them."""

from __future__ import annotations

from central.http import rating_calls
from central.http.endpoint import Endpoint

RATING = (
    Endpoint(
        method="GET",
        path="/rate/{code}",
        gives=bytes,
        handler=rating_calls.show_rating,
        binary=True,
    ),
    Endpoint(
        method="POST",
        path="/rate/{code}",
        gives=bytes,
        handler=rating_calls.take_rating,
        binary=True,
    ),
)
