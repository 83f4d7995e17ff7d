"""What may be wrong between a desk and central, and with signing in."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import KEPT, NOTHING_SENT, TELL, Row

_PROTOCOL = mark("Desk and central did not understand each other.")
_SET_CLOCK = mark("Set the clock and the time zone of this machine, or tell the administrator.")
_UPDATE = mark("Update the desk; if that is done, tell the administrator.")

LINE: dict[str, Row] = {
    "answer.awaited": (
        mark("It was sent, but central's answer did not come back."),
        mark("It will never be done twice: the desk asks for the answer until it has it."),
        mark("Wait; the sync centre (F6) shows how it stands. Do not do it again."),
    ),
    "body.encoding": (_PROTOCOL, NOTHING_SENT, _UPDATE),
    "body.invalid": (_PROTOCOL, NOTHING_SENT, _UPDATE),
    "body.malformed": (_PROTOCOL, NOTHING_SENT, _UPDATE),
    "body.too_large": (_PROTOCOL, NOTHING_SENT, _UPDATE),
    "bootstrap.key_unknown": (_PROTOCOL, NOTHING_SENT, _UPDATE),
    "central.address": (
        mark("“{address}” is no address of a central service."),
        NOTHING_SENT,
        mark("Type it as https://host:port."),
    ),
    "web.absent": (
        mark("What serves the desk to a browser is not installed."),
        "",
        mark("Install clerk with it: pip install clerk[web]."),
    ),
    "practice.foreign": (
        mark("A practice desk speaks to no central at “{address}”."),
        NOTHING_SENT,
        mark("For real work start clerk without a command; to practise, clerk practice."),
    ),
    "central.busy": (
        mark("Central has too much to do just now."),
        NOTHING_SENT,
        mark("Try again in a moment; what works without the line goes on working."),
    ),
    "central.strange": (
        mark("What answered was not central, or not as expected."),
        KEPT,
        mark("Check the network (a proxy or a sign-in page may stand between)."),
    ),
    "central.unexpected": (
        mark("Central met something that it does not know."),
        KEPT,
        mark("Try once more; if it comes again, tell the administrator the time."),
    ),
    "clock.fast": (
        mark("The clock of this machine is {minutes} minutes fast."),
        mark("Receipts and due dates go by central's time while it is known."),
        _SET_CLOCK,
    ),
    "clock.set_back": (
        mark("The clock of this machine shows a time that is past: {minutes} minutes too early."),
        mark("Receiving goes on; how long lists stay open without central is not made longer."),
        _SET_CLOCK,
    ),
    "clock.slow": (
        mark("The clock of this machine is {minutes} minutes slow."),
        mark("Receipts and due dates go by central's time while it is known."),
        _SET_CLOCK,
    ),
    "clock.was_set": (
        mark("The clock of this machine was changed by {minutes} minutes just now."),
        mark("Receiving goes on; central's time counts again once the line is up."),
        mark("Compare the time at the top of a receipt with another clock before you print more."),
    ),
    "command.malformed": (
        mark("Central could not read what was sent."),
        mark("It is kept on this desk with what was typed."),
        TELL,
    ),
    "command.unknown_kind": (
        mark("Central is older than this desk and does not know this act yet."),
        mark("It is kept on this desk and sent again by itself once central is updated."),
        mark("Tell the administrator that central needs its update."),
    ),
    "command.needs_upgrade": (
        mark("Central is older than this desk and does not know this act yet."),
        mark("Nothing happened to the case; what was typed is kept in the sync centre (F6)."),
        mark("Tell the administrator that central needs its update, and do it again after that."),
    ),
    "database.not_initialised": (
        mark("Central has no database yet."),
        NOTHING_SENT,
        mark("Run `clerk-central init` first."),
    ),
    "seed.window_taken": (
        mark("This city has windows of its own: “{window}” is window {number} already."),
        NOTHING_SENT,
        mark("Lay the sample catalogue out in a database of its own: `clerk-central init` first."),
    ),
    "database.url": (
        mark("This is no address of a database that central can use."),
        "",
        mark("Use sqlite:///FILE or postgresql://USER@HOST/NAME."),
    ),
    "database.file": (
        mark("The database file {file} cannot be opened or written."),
        NOTHING_SENT,
        mark("Give a file in a folder that this user may write in, and that is a database or new."),
    ),
    "database.unavailable": (
        mark("Central's database does not answer."),
        NOTHING_SENT,
        mark("Wait a moment; if it goes on, tell the administrator."),
    ),
    "desk.ended": (
        mark("This desk was disabled by the administrator."),
        mark("Central has everything that was not sent; this machine keeps nothing of it."),
        mark("Close the program; to work here again, the desk is enrolled anew."),
    ),
    "desk.enrolled_already": (
        mark("This desk is enrolled already."),
        mark("Its enrolment is as it was."),
        mark("Use another profile for another window."),
    ),
    "desk.halted": (
        mark("Central keeps this desk away."),
        mark("Everything that was not sent is kept on this machine."),
        mark("Tell the administrator: the desk was copied, set back or needs an update."),
    ),
    "desk.hand_over": (
        mark("This desk was disabled by the administrator."),
        mark("What was not sent is handed over to central before anything is deleted."),
        mark("Leave the program open until it says that this is done."),
    ),
    "desk.newer_than_central": (
        mark("Central is too old for this desk."),
        mark("Everything that was not sent is kept on this machine; receiving goes on."),
        mark("Tell the administrator that central needs its update."),
    ),
    "command.failed": (
        mark("The command met something that it does not know ({error}, {place})."),
        mark("What it had finished before stands; what it was at is left out."),
        mark("Try it once more; if it comes again, give its maker this line and the command."),
    ),
    "desk.failed": (
        mark("The window met something that it does not know, and closed."),
        mark("What was typed into an intake is kept, and so is what was done."),
        mark("Start it once more; if it comes again, tell the administrator the time."),
    ),
    "desk.not_enrolled": (
        mark("This desk is not enrolled."),
        "",
        mark("Run `clerk enroll` with the one-time code from the administrator."),
    ),
    "desk.quarantined": (
        mark("Central keeps this desk away: its disk was copied or set back."),
        mark("Everything that was not sent is kept on this machine."),
        mark("Tell the administrator; do not delete anything."),
    ),
    "desk.unexpected": (
        mark("The program met something that it does not know."),
        KEPT,
        mark("Try once more; if it comes again, tell the administrator the time."),
    ),
    "desk.upgrade": (
        mark("This desk is too old for central."),
        mark("Everything that was not sent is kept on this machine; receiving goes on."),
        mark("Update the desk, then start it again."),
    ),
    "errand.cancelled": (
        mark("It was cancelled."),
        mark("Nothing was changed, and no file was written."),
        mark("Begin again whenever you like."),
    ),
    "sync.cancelled": (
        mark("The exchange with central was cancelled."),
        mark("What came is kept, and each act that was sent counts once."),
        mark("Begin again whenever you like: it goes on from here."),
    ),
    "outbox.cancelled": (
        mark("Taking the outbox in was cancelled."),
        mark("What was decided stays decided, each act once; no answers were written."),
        mark("Give the same command again: it goes on, and writes the answers to all."),
    ),
    "package.cancelled": (
        mark("Publishing was cancelled."),
        mark("Nothing of this dataset is there; what was told as published before stays."),
        mark("Give the same command again: what has not changed is not published twice."),
    ),
    "restore.cancelled": (
        mark("It was cancelled: this database does not count as restored yet."),
        mark("Nothing that it holds was changed."),
        mark("Do not start central before you have given the same command again."),
    ),
    "import.cancelled": (
        mark("The import was cancelled at {file}."),
        mark("What stands before it (files: {count}) is imported; nothing of this one is."),
        mark("Give the same command again: what is imported already changes nothing."),
    ),
    "device.disabled": (
        mark("This desk has been disabled."),
        mark("What was not sent is kept on this machine."),
        mark("Ask the administrator."),
    ),
    "device.mismatch": (
        mark("Central knows this desk under another name."),
        mark("What was not sent is kept on this machine."),
        TELL,
    ),
    "device.not_quarantined": (
        mark("The desk {device} is not quarantined."),
        mark("Nothing was changed."),
        mark("Look with `clerk-central desk list`."),
    ),
    "device.quarantined": (
        mark("Central keeps this desk away: its disk was copied or set back."),
        mark("Everything that was not sent is kept on this machine."),
        mark("Tell the administrator; do not delete anything."),
    ),
    "device.unknown": (
        mark("Central does not know this desk."),
        mark("What was not sent is kept on this machine."),
        mark("Tell the administrator; the desk may have to be enrolled anew."),
    ),
    "device.not_one": (
        mark("“{device}” begins the id of no desk, or of several."),
        mark("Nothing was changed."),
        mark("`clerk-central desk list` shows them all; type more of the id."),
    ),
    "enrolment.address_missing": (
        mark("The address of central is needed."),
        NOTHING_SENT,
        mark("Type it as https://host:port."),
    ),
    "enrolment.code_missing": (
        mark("The one-time code is needed."),
        NOTHING_SENT,
        mark("Ask the administrator for one."),
    ),
    "enrolment.code_unknown": (
        mark("The one-time code is wrong or has run out."),
        mark("Nothing was done, and what was typed is kept."),
        mark("Ask the administrator for a new one."),
    ),
    "enrolment.code_used": (
        mark("The one-time code was used by another desk."),
        mark("Nothing was done, and what was typed is kept."),
        mark("Ask the administrator for a new one."),
    ),
    "enrolment.key_invalid": (_PROTOCOL, "", _UPDATE),
    "enrolment.unreachable": (
        mark("Nobody answers at {address}."),
        mark("Nothing was done, and what was typed is kept."),
        mark("Check the address and the line, then press Enter once more."),
    ),
    "enrolment.window_or_department": (
        mark("A desk belongs to a window, to a department or to the auditors."),
        "",
        mark("Name exactly one of the three."),
    ),
    "feed.needs_upgrade": (
        mark("Central sent things that this desk is too old to read: {count}."),
        mark("They are kept here; a case among them is shown as it was before, or not at all."),
        mark("Update the desk: after that it reads them by itself."),
    ),
    "http.method_not_allowed": (_PROTOCOL, NOTHING_SENT, _UPDATE),
    "http.not_found": (_PROTOCOL, NOTHING_SENT, _UPDATE),
    "line.down": (
        mark("Central cannot be reached."),
        mark("Nothing was done, and what was typed is kept. Receiving works without the line."),
        mark("Try again when the line is back; the bar at the top shows it."),
    ),
    "lookup.not_of_case": (
        mark("That number is not the applicant's of this case."),
        mark("Nobody was looked up."),
        mark("Look up only whom the case is about."),
    ),
    "lookup.subject_missing": (
        mark("It was not said what the look-up is for."),
        mark("Nobody was looked up."),
        mark("Look people up from their walk-in or case."),
    ),
    "pull.cursor_invalid": (_PROTOCOL, NOTHING_SENT, _UPDATE),
    "push.envelope_malformed": (
        mark("Central could not read what was sent."),
        mark("It is kept on this desk with what was typed."),
        TELL,
    ),
    "push.too_many": (_PROTOCOL, NOTHING_SENT, _UPDATE),
    "find.nothing_asked": (
        mark("There was nothing to look for."),
        "",
        mark("Type a whole case number or a whole ID number."),
    ),
    "ready.nothing_asked": (
        mark("There was nothing to look for."),
        "",
        mark("Scan a receipt, or type an ID number."),
    ),
    "release.text_unreadable": (
        mark("This is neither a case number nor a correct ID number."),
        "",
        mark("Scan the receipt again, or compare what you typed: a character may be wrong."),
    ),
    "report.dates": (
        mark("“{first}” to “{last}” is no period: two days in order, such as 2026-06-01."),
        "",
        mark("Type the first and the last day again."),
    ),
    "report.period": (
        mark("That period cannot be reported on: it is at most {most_days} days."),
        "",
        mark("Choose a first and a last day that are nearer to each other."),
    ),
    "report.unknown": (
        mark("There is no report “{report}”."),
        "",
        mark("Choose one of these: {known}."),
    ),
    "session.expired": (
        mark("Your session at central has ended."),
        mark("Nothing was done, and what was typed is kept."),
        mark("Lock the desk (F8) and sign in again."),
    ),
    "session.needed": (
        mark("You are signed in without central; this act needs its word."),
        mark("Nothing was done, and what was typed is kept."),
        mark("When the line is back, lock the desk (F8) and sign in again."),
    ),
    "session.too_many_attempts": (
        mark("Too many wrong passwords."),
        "",
        mark("Try again in {minutes} min."),
    ),
    "session.unknown_here": (
        mark("Central cannot be reached, and nobody of this login has worked at this desk."),
        "",
        mark("Sign in when the line is back."),
    ),
    "session.user_unknown": (
        mark("Whoever did this never signed in at this desk."),
        mark("It is kept on this desk with what was typed."),
        TELL,
    ),
    "session.elsewhere": (
        mark("Your work is not at this desk."),
        mark("Nothing was opened: a desk shows the cases of its own window or department."),
        mark("Sit down at a desk of your department, or ask the administrator for the role."),
    ),
    "session.wrong_password": (
        mark("Login or password are wrong."),
        "",
        mark("Type them again; after several tries, ask the administrator."),
    ),
    "signature.wrong": (
        mark("Central did not accept this desk's signature."),
        mark("What was not sent is kept on this machine."),
        TELL,
    ),
    "sync.broken": (
        mark("Sending and fetching met something that the program does not know."),
        mark("What was not sent is kept on this machine."),
        mark("It is tried again by itself; if it goes on, tell the administrator the time."),
    ),
    "token.expired": (
        mark("Central asked the desk to introduce itself again."),
        NOTHING_SENT,
        mark("Try once more."),
    ),
    "user.unknown": (
        mark("Central does not know this user."),
        mark("What was typed is kept on this desk."),
        mark("Ask the administrator."),
    ),
    "user.login_unknown": (
        mark("Nobody signs in as “{login}”."),
        "",
        mark("`clerk-central user list` shows all logins."),
    ),
    "window.not_yours": (
        mark("The window that the case was received at is not there any more."),
        mark("The case is kept here with all that was typed."),
        TELL,
    ),
}
