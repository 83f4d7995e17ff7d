"""Tests of central.http."""
