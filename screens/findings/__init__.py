"""Findings before the auditor: what the rules of suspicion found, and what came of it."""
