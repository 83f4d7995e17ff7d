"""Tests of the item catalogue."""
