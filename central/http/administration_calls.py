"""The call of administrators: what they see at their own desk; encoding is the edge's."""

from __future__ import annotations

from central.administration.overview import show_overview
from central.http.asked import Asked
from central.service import Central
from clerk.contract.administration import Overview


def show(central: Central, asked: Asked) -> Overview:
    """The whole system at one look."""
    with central.database.read() as connection:
        return show_overview(central, connection, asked.get_caller(connection))
