"""Handing results out at the window."""
