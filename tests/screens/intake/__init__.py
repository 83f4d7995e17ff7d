"""Tests of the intake, through the keyboard, over real services and a real central."""
