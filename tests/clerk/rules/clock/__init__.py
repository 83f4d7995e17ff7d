"""The legal clock's tests."""
