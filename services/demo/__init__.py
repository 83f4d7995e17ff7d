"""The demo city: a central of its own, seeded, with desks at a window and in departments."""
