"""Tests, mirroring the packages, plus stories, simulation and their support."""
