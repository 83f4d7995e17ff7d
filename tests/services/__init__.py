"""Tests of services, one file for each of its modules."""
