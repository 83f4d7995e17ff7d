"""The protocol as pure functions."""
