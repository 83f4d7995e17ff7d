"""What a key costs: widgets styled anew, layouts, and what is sent to the terminal."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.css.stylesheet import Stylesheet
from textual.screen import Screen
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.dom import DOMNode


@dataclass
class Cost:
    """What was done since the counting began."""

    styled: list[Widget] = field(default_factory=list)
    """The widgets that were styled anew, each as often as it was."""

    frames: list[str] = field(default_factory=list)
    """What was sent to the terminal, frame by frame."""

    layouts: int = 0
    """How often a screen was laid out."""

    @property
    def sent(self) -> int:
        """The bytes of all frames."""
        return sum(len(frame.encode()) for frame in self.frames)


@contextmanager
def counting() -> Iterator[Cost]:
    """Count what applications do meanwhile; they do it all the same."""
    cost = Cost()
    apply, display, lay_out = Stylesheet.apply, App._display, Screen._refresh_layout

    def count_style(sheet: Stylesheet, node: DOMNode, **options: Any) -> None:  # noqa: ANN401
        if isinstance(node, Widget):
            cost.styled.append(node)
        apply(sheet, node, **options)

    def count_frame(app: App[Any], screen: Screen[Any], renderable: Any) -> None:  # noqa: ANN401
        if isinstance(renderable, CompositorUpdate) and not app._batch_count:
            text = renderable.render_segments(app.console)
            # One without text only moves the cursor, which an application without terminal has not.
            cost.frames += [text] if text else []
        display(app, screen, renderable)

    def count_layout(screen: Screen[Any], *given: Any, **options: Any) -> None:  # noqa: ANN401
        cost.layouts += 1
        lay_out(screen, *given, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "apply", count_style)
        patch.setattr(App, "_display", count_frame)
        patch.setattr(Screen, "_refresh_layout", count_layout)
        yield cost
