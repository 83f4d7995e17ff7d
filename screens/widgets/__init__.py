"""Widgets of our own; each speaks upward by its messages and knows no service."""
