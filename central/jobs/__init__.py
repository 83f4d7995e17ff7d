"""Sweeps that the clock asks for; many workers may run them at once."""
