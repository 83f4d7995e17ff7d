"""Data in, PDF or xlsx bytes out."""
