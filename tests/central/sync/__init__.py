"""Tests of central.sync."""
