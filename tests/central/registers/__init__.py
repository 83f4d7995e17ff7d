"""Tests of central.registers."""
