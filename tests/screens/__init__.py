"""Tests of screens, one file for each of its modules."""
