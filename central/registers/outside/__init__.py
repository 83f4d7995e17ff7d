"""Registers of others, asked over HTTP: one way for all of them, told apart by data."""
