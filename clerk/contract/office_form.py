"""An office's own forms, as a setting that travels to its desks (文书样式)."""

from __future__ import annotations

import msgspec

OFFICE_FORMS = "forms"
"""The id under which they stand among the settings."""


class OfficeForms(msgspec.Struct, frozen=True, kw_only=True):
    """Typst sources by file name, such as `acceptance.typ`; each stands for the shipped one."""

    forms: dict[str, str] = {}

    def as_sources(self) -> dict[str, bytes]:
        """What Typst is given."""
        return {name: source.encode() for name, source in self.forms.items()}
