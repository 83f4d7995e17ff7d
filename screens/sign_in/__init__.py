"""Signing in, and unlocking what was locked."""
