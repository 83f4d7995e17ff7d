"""Tests of clerk, one file for each of its modules."""
