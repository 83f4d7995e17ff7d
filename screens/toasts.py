"""What is told in passing takes rows of the screen while it is there, and not a moment longer."""

from __future__ import annotations

from textual.notifications import Notification
from textual.widgets._toast import ToastRack

from screens.changes import FrugalApp


class ToastingApp(FrugalApp):
    """An application whose toasts have rows of their own at the foot of the screen."""

    def _unnotify(self, notification: Notification, refresh: bool = True) -> None:  # noqa: ARG002, FBT001, FBT002
        """Hide the racks with their last toast: an empty one splits off all rows instead of none.

        Those behind a dialog too: each screen has its own, and Textual asks the one in front alone.
        """
        super()._unnotify(notification, refresh=True)
        for screen in self.screen_stack[:-1]:
            for rack in screen.query_children(ToastRack):
                self.call_later(rack.show, self._notifications)
