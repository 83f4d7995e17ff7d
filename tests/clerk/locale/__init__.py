"""Tests of clerk.locale."""
