"""How the help of a command line is laid out: a heading stands once above its commands."""

from __future__ import annotations

import argparse


class HelpLayout(argparse.HelpFormatter):
    """Lists commands under their heading, where argparse names the group a second time."""

    def _format_action(self, action: argparse.Action) -> str:
        if not isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - no public name
            return super()._format_action(action)
        return self._join_parts(
            [super(HelpLayout, self)._format_action(one) for one in _of(action)]
        )


def _of(action: argparse.Action) -> list[argparse.Action]:
    return list(action._get_subactions())  # type: ignore[attr-defined]  # noqa: SLF001
