"""What may be wrong with datasets, their packages and the keys to them."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import Row

_NOTHING_DEFINED = mark("Nothing was defined.")
_NOTHING_PUBLISHED = mark("Nothing was published.")
_AGAIN = mark("Mend the file and define again.")
_LIST = mark("`clerk-central package list` shows what there is.")
_ASK = mark("Ask the office that gave the key.")

PACKAGES: dict[str, Row] = {
    "dataset.field_unknown": (
        mark("{dataset}: {place} names a field that the dataset does not have."),
        _NOTHING_DEFINED,
        _AGAIN,
    ),
    "dataset.name": (
        mark("{dataset}: a name of small letters, digits and hyphens is needed at {place}."),
        _NOTHING_DEFINED,
        _AGAIN,
    ),
    "dataset.no_such_subscriber": (
        mark("{dataset} has no subscriber {subscriber}."),
        mark("No key was given."),
        _LIST,
    ),
    "dataset.nobody": (
        mark("{dataset} has no subscriber whose agreement holds today."),
        _NOTHING_PUBLISHED,
        mark("Name the subscribers in its definition."),
    ),
    "dataset.not_maskable": (
        mark("{dataset}: {place} masks a number or a date, which would be none any more."),
        _NOTHING_DEFINED,
        mark("Leave it out instead."),
    ),
    "dataset.not_selected_by": (
        mark("{dataset}: its source cannot be selected by {place}."),
        _NOTHING_DEFINED,
        _AGAIN,
    ),
    "dataset.nothing_left": (
        mark("{dataset}: nothing is left for {place}."),
        _NOTHING_DEFINED,
        _AGAIN,
    ),
    "dataset.owner_unknown": (
        mark("{dataset}: its owner is no department."),
        _NOTHING_DEFINED,
        mark("`clerk-central departments` lists their ids."),
    ),
    "dataset.published_meanwhile": (
        mark("Another process has published {dataset} at the same time."),
        _NOTHING_PUBLISHED,
        mark("Publish once more if it is still needed."),
    ),
    "dataset.terms_contradict": (
        mark("{dataset}: {place} has a field under two terms at once."),
        _NOTHING_DEFINED,
        mark("A field goes whole, goes masked, or is left out."),
    ),
    "dataset.twice": (
        mark("{dataset}: {place} names the same thing twice."),
        _NOTHING_DEFINED,
        _AGAIN,
    ),
    "dataset.unknown": (mark("There is no dataset {dataset}."), "", _LIST),
    "dataset.unreadable": (
        mark("{file} is no list of datasets: {place}"),
        _NOTHING_DEFINED,
        _AGAIN,
    ),
    "dataset.untold": (
        mark("{dataset}: title, purpose or agreement is missing at {place}."),
        _NOTHING_DEFINED,
        mark("Say what the data are for and what was agreed."),
    ),
    "package.agreement_ended": (mark("The agreement about these data is over."), "", _ASK),
    "package.key_days": (
        mark("A key is good for 1 to {most} days."),
        mark("No key was given."),
        mark("Give another number of days."),
    ),
    "package.key_ended": (mark("The key was revoked or has run out."), "", _ASK),
    "package.key_unknown": (mark("This is no key to a data package."), "", _ASK),
    "package.no_such_key": (
        mark("There is no key {key} that opens anything."),
        "",
        mark("`clerk-central package key list` shows all keys."),
    ),
    "package.unknown": (mark("This key opens no such package."), "", _ASK),
}
