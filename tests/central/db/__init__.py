"""Tests of central.db."""
