"""The messages that the desk and the central service exchange, and the facts they are about.

New fields have defaults; a tag or a meaning never changes.
"""
