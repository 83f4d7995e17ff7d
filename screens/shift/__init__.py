"""The journal of a window: the shift handed over, the day balanced (交接班, 日结)."""
