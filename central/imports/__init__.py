"""Imports: what other systems hand over as CSV or Excel, checked row by row."""
