"""Simulation: seeded desks, lost and doubled messages, crashes, skewed clocks."""
