"""Tests of data packages."""
