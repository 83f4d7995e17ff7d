"""The rules of custody."""
