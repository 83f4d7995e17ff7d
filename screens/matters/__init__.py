"""Matters (诉求): complaints, inquiries, suggestions, and follow-ups of bad ratings."""
