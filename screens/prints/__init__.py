"""The print queue."""
