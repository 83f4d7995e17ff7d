"""Tests of the digital seals."""
