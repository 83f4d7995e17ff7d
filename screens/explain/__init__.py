"""The dates of a case, explained day by day."""
