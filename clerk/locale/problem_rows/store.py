"""What may be wrong with this machine: the store, its key, its folders, its settings."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import TELL, Row

_SAVED = mark("What was saved before is safe.")
_FILE = mark("The file is as it was.")

STORE: dict[str, Row] = {
    "batch.stopped": (
        mark("Not tried: you stopped before it came to this case."),
        mark("Nothing happened to this case."),
        mark("Mark it again to go on."),
    ),
    "calendar.unknown": (
        mark("This desk has no calendar of working days yet."),
        _SAVED,
        mark("Connect to central once (F5); the calendar comes with it."),
    ),
    "cases.locked": (
        mark("Central was not heard of for too long, so that cases are locked."),
        mark("Everything on this machine is kept. Receiving goes on working."),
        mark("Connect to central (F5); the cases open again at once."),
    ),
    "list.name": (
        mark("A list needs a name of at most {most} characters."),
        mark("The list is shown as before."),
        mark("Keep it once more, under a shorter name."),
    ),
    "list.personal": (
        mark("No list is kept with somebody's ID or telephone number in it."),
        mark("The list is shown as before."),
        mark("Take the number out of the box, or choose another name, and keep it once more."),
    ),
    "list.too_many": (
        mark("You keep {most} lists already; there can be no more."),
        mark("The list is shown as before."),
        mark("Forget one that you need no more (Shift+F7 over it)."),
    ),
    "demo.central_failed": (
        mark("The demo's central service did not start."),
        "",
        mark("What it said: {log}"),
    ),
    "demo.seat_unknown": (
        mark("The demo city has no seat “{seat}”."),
        "",
        mark("Its seats are: {seats}."),
    ),
    "leash.catalogue": (
        mark("Catalogue and calendar are {have} days old; {limit} is the most."),
        mark("What was typed is kept as a draft."),
        mark("Connect to central (F5); receiving opens again at once."),
    ),
    "leash.disk": (
        mark("Only {have} MiB are free on this machine; {limit} are needed."),
        mark("What was typed is kept as a draft."),
        mark("Make room on the disk, then receive again."),
    ),
    "leash.unsent": (
        mark("{have} cases are only on this machine; {limit} is the most."),
        mark("They are safe here, and what was typed is kept as a draft."),
        mark("Connect to central (F5), or carry the outbox there in a file (F6)."),
    ),
    "outbox.already_sent": (
        mark("It has been sent already and cannot be taken back."),
        mark("It will be done once."),
        mark("Wait for central's answer; the sync centre (F6) shows it."),
    ),
    "outbox.answers_outdated": (
        mark("These answers are from before central was restored from a backup."),
        mark("Everything is still in the outbox."),
        mark("Connect to central, or export once more."),
    ),
    "outbox.blocked": (
        mark("Acts before this one have not reached central yet; it keeps their order."),
        mark("Nothing was done, and what was typed is kept."),
        mark("Whoever did them has to sign in here; the sync centre (F6) shows them."),
    ),
    "outbox.file_unreadable": (
        mark("This file was not sealed for here, or is damaged."),
        mark("Nothing was changed."),
        mark("Take the file that was written for this desk and this central."),
    ),
    "outbox.no_seal_key": (
        mark("This desk has never greeted central, and so cannot seal anything for it."),
        mark("Everything is still in the outbox."),
        mark("Connect to central once."),
    ),
    "outbox.not_last": (
        mark("Other acts came after this one, so that it cannot be taken back."),
        mark("It will be done once."),
        mark("Wait for central's answer; the sync centre (F6) shows it."),
    ),
    "outbox.nothing_to_export": (
        mark("There is nothing that central has not answered."),
        mark("Nothing was changed."),
        "",
    ),
    "outbox.not_refused": (
        mark("Central has not refused this; it cannot be thrown away."),
        mark("It is kept."),
        mark("Wait for central's answer."),
    ),
    "outbox.not_written": (
        mark("The file {path} could not be written."),
        mark("Everything is still in the outbox."),
        mark("Choose a folder that is there and has room, such as that of a stick."),
    ),
    "outbox.of_another": (
        mark("Somebody else typed this; it is sent again in their name only."),
        mark("It is kept on this desk with what was typed."),
        mark("Have them sign in here, or do the act yourself at the case."),
    ),
    "outbox.on_its_way": (
        mark("This is still on its way to central."),
        mark("It is kept, and goes out by itself."),
        mark("F5 sends all that waits at once; only what was refused is done once more."),
    ),
    "outbox.scan_awaited": (
        mark("A scan of this receipt is under way and has no answer yet."),
        mark("It is kept on this desk with what was typed."),
        mark("Wait a moment and try again; the sync centre (F6) shows how it stands."),
    ),
    "outbox.settled": (
        mark("Others have done all of this meanwhile."),
        mark("It is kept with what was typed."),
        mark("Clear it away in the sync centre with Ctrl+D."),
    ),
    "profile.folder": (
        mark("The folder {path} cannot be made: {reason}."),
        "",
        mark("Make it yourself, or name another one in CLERK_DATA_DIR."),
    ),
    "profile.name": (
        mark("“{name}” cannot be the name of a profile."),
        "",
        mark("Use small letters, digits and hyphens, at most 32."),
    ),
    "report.not_written": (
        mark("The workbook could not be written to {path}."),
        mark("Nothing is lost: the figures can be fetched again."),
        mark("Close the workbook if it is open, check the disk, and try again."),
    ),
    "settings.unreadable": (
        mark("The settings in {path} cannot be read."),
        _FILE,
        mark("Mend the file, or move it away to start with the defaults."),
    ),
    "store.busy": (
        mark("The store was busy for too long."),
        _SAVED,
        mark("Try once more."),
    ),
    "store.damaged": (
        mark("The store's file is damaged."),
        _FILE,
        mark("Do not delete anything: stop the program and tell the administrator."),
    ),
    "store.disk_full": (
        mark("The disk is full; nothing more can be saved."),
        _SAVED,
        mark("Make room on the disk, then try again."),
    ),
    "store.failed": (
        mark("The disk did not do what it should."),
        _SAVED,
        mark("Stop the program and tell the administrator: the disk may be failing."),
    ),
    "store.in_use": (
        mark("This desk is running in another window already."),
        mark("That one goes on."),
        mark("Use that window, or close it first."),
    ),
    "store.key_missing": (
        mark("The key of the store is not in this machine's keyring."),
        mark("The store is there, but stays closed."),
        mark("Sign in to the machine as the user who set the desk up, or tell the administrator."),
    ),
    "store.key_unreadable": (
        mark("The file {path}, which tells how to come by the key, cannot be read."),
        mark("The store is there, but stays closed."),
        TELL,
    ),
    "store.newer": (
        mark("The store was written by a newer version of the program."),
        mark("It is as it was."),
        mark("Start the newer version."),
    ),
    "store.not_writable": (
        mark("The store cannot be written to."),
        _SAVED,
        mark("Check that the disk is there and not write-protected."),
    ),
    "store.passphrase_needed": (
        mark("This machine has no keyring, so that the store is locked with a passphrase."),
        mark("The store stays closed; nothing was changed."),
        mark("Start the program in a terminal and type the passphrase, or set CLERK_PASSPHRASE."),
    ),
    "setting.lease_hours": (
        mark("For so many hours no desk can show cases without central."),
        mark("Nothing was changed."),
        mark("Write a number from 1 to {most}."),
    ),
    "window.number": (
        mark("{number} cannot be the number of a window: it stands in case numbers, 1 to {most}."),
        mark("Nothing was changed."),
        mark("Choose another number."),
    ),
    "window.number_taken": (
        mark("Another window has the number {number} already."),
        mark("Nothing was changed."),
        mark("Choose another number; `clerk-central window list` shows those in use."),
    ),
    "window.needed": (
        mark("This desk belongs to a department, not to a window."),
        "",
        mark("Take applications in at a window's desk."),
    ),
    "store.wrong_key": (
        mark("The key does not fit the store."),
        mark("The store is there, but stays closed."),
        mark("Do not delete anything: tell the administrator."),
    ),
    "store.wrong_passphrase": (
        mark("The passphrase is wrong."),
        mark("The store is as it was."),
        mark("Type it again."),
    ),
}
