"""What is told in passing takes rows of the screen while it is there, and not a moment longer."""

from __future__ import annotations

from textual.notifications import Notification

from screens.changes import FrugalApp


class ToastingApp(FrugalApp):
    """An application whose toasts have rows of their own at the foot of the screen."""

    def _unnotify(self, notification: Notification, refresh: bool = True) -> None:  # noqa: ARG002, FBT001, FBT002
        """Hide the rack with its last toast: an empty one splits off all rows instead of none."""
        super()._unnotify(notification, refresh=True)
