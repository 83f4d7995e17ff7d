"""Tests of flows and bundles as data."""
