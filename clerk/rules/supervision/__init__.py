"""Supervision (电子监察): lights of open cases, escalation, suspicious patterns, recordings."""
