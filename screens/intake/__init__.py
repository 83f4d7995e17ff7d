"""Intake: one walk-in from the ID number to the receipt."""
