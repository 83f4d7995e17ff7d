"""Tests of central.jobs."""
