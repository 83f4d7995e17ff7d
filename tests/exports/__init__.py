"""Tests of exports, one file for each of its modules."""
