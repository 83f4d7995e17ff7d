"""From an empty profile to an enrolled desk, or to the practice window."""

from __future__ import annotations

from screens.first_run.app import Choice, FirstRun
from services import first_run
from services.looks import Looks
from services.profile import Profile


def lead(profile: Profile, looks: Looks, passphrase: str | None) -> bool:
    """Ask what is needed; whether the desk is enrolled now and its window can open."""
    work = first_run.FirstRun(profile, passphrase)
    choice = FirstRun(looks, work.enrol, work.fetch).run()
    if choice is Choice.PRACTISE:
        from screens.demo import open_practice

        open_practice()
    return choice is Choice.ENROLLED
