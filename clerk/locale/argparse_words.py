"""The words of argparse itself, which it looks up with gettext's own functions.

Marked here for extraction only; as argparse of Python 3.11 to 3.13 writes them. Left out is
what it tells programmers only, and the plural for options that take a fixed number of values.
"""

from __future__ import annotations

from clerk.locale import mark

ARGPARSE_WORDS = (
    mark("usage: "),
    mark("positional arguments"),
    mark("options"),
    mark("%(heading)s:"),
    mark(" (default: %(default)s)"),
    mark("show this help message and exit"),
    mark("show program's version number and exit"),
    mark("%(prog)s: error: %(message)s\n"),
    mark("%(prog)s: warning: %(message)s\n"),
    mark("argument %(argument_name)s: %(message)s"),
    mark("the following arguments are required: %s"),
    mark("one of the arguments %s is required"),
    mark("unrecognized arguments: %s"),
    mark("unknown parser %(parser_name)r (choices: %(choices)s)"),
    mark("invalid choice: %(value)r (choose from %(choices)s)"),
    mark("invalid choice: %(value)r, maybe you meant %(suggestion)r? (choose from %(choices)s)"),
    mark("invalid %(type)s value: %(value)r"),
    mark("expected one argument"),
    mark("expected at most one argument"),
    mark("expected at least one argument"),
    mark("not allowed with argument %s"),
    mark("ignored explicit argument %r"),
    mark("ambiguous option: %(option)s could match %(matches)s"),
    mark("unexpected option string: %s"),
    mark("can't open '%(filename)s': %(error)s"),
    mark("command '%(parser_name)s' is deprecated"),
    mark("option '%(option)s' is deprecated"),
    mark("argument '%(argument_name)s' is deprecated"),
)
"""Every word of argparse that a person may read."""
