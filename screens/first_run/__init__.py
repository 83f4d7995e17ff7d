"""The first run on an empty profile: language, practice or enrolment, the first fetch."""
