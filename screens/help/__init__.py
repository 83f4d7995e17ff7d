"""What a screen is for, and its keys."""
