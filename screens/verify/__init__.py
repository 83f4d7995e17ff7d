"""The screen of verifying a licence."""
