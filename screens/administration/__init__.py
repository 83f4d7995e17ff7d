"""The first screen of an administrator."""
