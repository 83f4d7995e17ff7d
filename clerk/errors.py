"""One short tree of errors: a problem code with parameters, never a sentence.

The edge (a screen, the command line, the HTTP boundary) translates a code through
`clerk.locale.problems`: what happened, what is safe, what to do.
"""

from __future__ import annotations

from collections.abc import Iterable

NAMES_APART = "\x1f"
"""Stands between several names in one parameter; no name has it."""


def in_one(names: Iterable[str]) -> str:
    """Several names as one parameter: the edge puts between them what its language does."""
    return NAMES_APART.join(names)


class ClerkError(Exception):
    """A problem that a person is told about, named by a code and its parameters.

    Parameters are shown and logged, so they never hold an ID number or typed text.
    """

    def __init__(self, code: str, **parameters: object) -> None:
        """Name the problem; the parameters fill the placeholders of its translation."""
        super().__init__(code)
        self.code = code
        self.parameters = parameters

    @property
    def told(self) -> dict[str, str]:
        """The parameters as texts, as they go over the line and into what is kept."""
        return {name: str(value) for name, value in self.parameters.items()}

    def __str__(self) -> str:
        """The code and its parameters, for a log line."""
        told = ", ".join(f"{name}={value!r}" for name, value in sorted(self.parameters.items()))
        return f"{self.code}({told})"


class UnreachableError(ClerkError):
    """Central or a register did not answer; nothing is known to have happened."""


class RefusedError(ClerkError):
    """Central answered and said no; nothing happened."""


class InputError(ClerkError):
    """What was typed, scanned or imported cannot be used as it is."""


class StoreError(ClerkError):
    """The local store cannot be opened, read or written."""


class CancelledError(ClerkError):
    """It was called off in time: nothing of it remains, or what its code says."""

    def __init__(self, code: str = "errand.cancelled", **parameters: object) -> None:
        """Another code where something stands that was done before."""
        super().__init__(code, **parameters)
