"""Is this licence genuine, and is it valid today? By its QR, its number, or its file."""

from __future__ import annotations

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from clerk.locale import _, mark
from screens.base import DeskScreen
from screens.keymap import bindings
from screens.verify.words import TONES, name_verdict, tell_finding
from screens.widgets.key_bar import KeyBar
from screens.widgets.line_box import LineBox
from screens.widgets.status_bar import StatusBar
from services.verification import Finding


class VerifyScreen(DeskScreen):
    """One line to scan or type into, and what it leads to."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("refresh", "cases", "sync", "back")]
    LABELS: ClassVar[dict[str, tuple[str, str]]] = {
        "refresh": (mark("Refresh"), mark("Verify once more what stands in the box")),
    }
    AUTO_FOCUS = "#licence"

    licence = getters.query_one("#licence", Input)
    verdict = getters.query_one("#verdict", Static)
    found = getters.query_one("#found", Static)

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self._text = ""
        self._finding: Finding | None = None

    def compose(self) -> ComposeResult:
        """The line, the verdict, and what it rests on."""
        yield StatusBar()
        hint = _("Scan the QR code, or type number and check digits, or the path of a PDF")
        takes = "scan-licence scan-first scan-anew"
        yield LineBox(self._text, id="licence", placeholder=hint, classes=takes)
        with VerticalScroll(can_focus=False):
            yield Static("", id="verdict", markup=False)
            yield Static("", id="found", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """What was scanned elsewhere is verified at once; else a scan is waited for."""
        if self._text:
            self.action_refresh()

    def verify(self, text: str) -> None:
        """Verify what was scanned elsewhere, though the screen may not be drawn yet."""
        self._text = text
        if self.is_mounted:
            self.licence.value = text
            self.action_refresh()

    def reload(self) -> None:
        """Show again what was found."""
        finding = self._finding
        self.verdict.update(name_verdict(finding) if finding else "")
        self.found.update(tell_finding(finding) if finding else "")
        for tone in set(TONES.values()):
            self.verdict.set_class(finding is not None and TONES[finding.verdict] == tone, tone)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Remember what is typed, should everything be drawn anew."""
        self._text = event.value

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        """Verify it."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Verify again."""
        if self._text.strip():
            self._finding = None
            self.reload()
            self.licence.action_select_all()  # the next scan takes its place
            self.do(self.desk.verification.verify, self._text, done=self._show)
        else:
            self.app.warn(_("Scan a QR code, or type a number first."))

    def _show(self, finding: Finding) -> None:
        self._finding = finding
        self.reload()
