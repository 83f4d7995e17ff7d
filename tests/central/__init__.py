"""Tests of central, one file for each of its modules."""
