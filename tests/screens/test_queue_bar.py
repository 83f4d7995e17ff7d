"""The queues beside a list: a long name takes two lines, and its number stays in its column."""

from __future__ import annotations

from textual.app import App, ComposeResult

from screens.home.lists import Counted
from screens.home.queue_bar import QueueBar
from services.queues import Queue

WIDTH = 30


class Page(App[None]):
    """Nothing but the bar, upright."""

    def compose(self) -> ComposeResult:
        bar = QueueBar()
        bar.upright = True
        bar.styles.width = WIDTH
        yield bar


async def test_a_long_name_takes_two_lines_and_no_number_leaves_its_column() -> None:
    app = Page()
    async with app.run_test(size=(60, 12)) as pilot:
        bar = app.query_one(QueueBar)
        held = Queue(key="held", title="Held up by a refusal: tell the applicant")
        bar.show([Counted(held, 12), Counted(Queue(key="drafts", title="草稿"), 3)])
        await pilot.pause()
        strips = app.screen._compositor.render_strips(app.size)
        lines = [strip.text[:WIDTH] for strip in strips]
        assert lines[0].rstrip() == "▸ Held up by a refusal:"
        assert lines[1] == "  tell the applicant        12"
        assert lines[3].split() == ["草稿", "3"]
        assert strips[3].text.index("3") == WIDTH - 1 - len("草稿")
        assert bar.size.height == 4  # two lines, a gap, one line
