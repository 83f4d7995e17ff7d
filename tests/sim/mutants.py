"""Planted bugs, to show that the simulation finds what it is there for.

Each is a switch in the simulated adapters: what a hurried hand might write there. `seed` is the
first seed from 0 on that finds it, so that a test can show so quickly.
"""

from __future__ import annotations

from typing import NamedTuple


class Mutant(NamedTuple):
    """A planted bug, and the first seed that finds it."""

    name: str
    tells: str
    seed: int


MOST_SEEDS = 1_000
"""Within so many seeds each must be found."""

MUTANTS = (
    Mutant("check_then_insert", "looks for the command first, then inserts it, without a lock", 0),
    Mutant("answer_apart", "stores the answer in a transaction after its command's", 2),
    Mutant("effect_before_command", "commits the effect before the command's row", 2),
    Mutant(
        "last_n_apart", "commits the command's row before its effect and the desk's last number", 10
    ),
    Mutant("feed_numbered_early", "takes feed positions long before the commit", 4),
    Mutant("head_read_later", "reads the feed's head after the rows of a page", 1),
    Mutant("position_read_last", "names the position of a bootstrap at its last page", 1),
    Mutant("losers_not_told", "tells nobody that a case left their sight", 66),
    Mutant("receipt_seen_by_window_only", "forgets an audience when a case begins", 0),
    Mutant("scope_not_asked", "sends the present state to those who lost sight of it", 66),
    Mutant("repeat_audited", "writes an audit record for a repeat too", 0),
    Mutant("audit_apart", "writes the audit record after the commit", 2),
    Mutant("newest_answer_returned", "answers a repeat with the desk's newest answer", 1),
    Mutant("gap_ignored", "takes a command beyond a gap, also of a lost generation", 4),
    Mutant("clone_is_a_repeat", "takes another command under a known number for a repeat", 28),
    Mutant("copy_not_seen", "lets a copied disk go on", 7),
    Mutant("late_hello_is_a_copy", "takes a hello that comes late or twice for a copied disk", 1),
    Mutant("generation_kept", "keeps its generation after a restore", 1),
    Mutant("numbers_lent_again", "lends again what was lent before the restore", 26),
    Mutant("numbers_skipped_alike", "leaves out as many numbers at every restore of a backup", 78),
    Mutant("lost_lending_denied", "refuses numbers that a lost generation has lent", 1),
    Mutant("counter_outside", "counts document numbers outside of the transaction", 11),
    Mutant("counter_not_locked", "reads a document counter that somebody else is moving", 36),
    Mutant(
        "sweep_not_looking_again", "deems accepted what it saw as due, without a second look", 2
    ),
    Mutant("losses_not_read", "decides by a case without what was lost of its papers", 1),
    Mutant("cursor_before_rows", "moves the cursor in a transaction before the rows", 0),
    Mutant("stale_page_applied", "applies a page that begins elsewhere, older versions too", 28),
    Mutant("removes_ignored", "keeps what left its sight", 66),
    Mutant("bootstrap_seen_at_once", "writes a bootstrap straight into the cache", 0),
    Mutant("swap_in_two", "empties the cache in a transaction before it is filled", 0),
    Mutant("old_rows_kept", "lays a bootstrap over the old rows", 0),
    Mutant("tail_skipped", "goes on from the head after a bootstrap", 2),
    Mutant("cut_bootstrap_goes_on", "goes on with a bootstrap of another scope", 77),
    Mutant("old_generation_applied", "applies pages of another generation", 89),
    Mutant("old_scope_applied", "applies pages of another scope", 4),
    Mutant("restore_not_followed", "does not send again what a restore lost", 1),
    Mutant("old_answers_count", "takes answers from before a restore for good", 35),
    Mutant("refused_sent_again", "sends again what was refused before the restore", 33),
    Mutant("void_not_told", "does not tell which numbers will never come", 1),
    Mutant("forgotten_when_sent", "deletes a command when it is sent", 0),
    Mutant("number_from_the_rows", "numbers a command by the rows that are left", 0),
    Mutant("order_swapped", "sends the newest command first", 0),
    Mutant("lease_apart", "keeps a case number's use in a transaction after its receipt", 23),
    Mutant("taken_back_after_sending", "takes an act back that central may have", 0),
    Mutant("cut_acts_are_queued", "sends an act later that nobody waits for any more", 18),
    Mutant("full_disk_not_noticed", "says saved when the disk was full", 30),
    Mutant("instance_not_locked", "lets two programs open one disk", 2),
)
