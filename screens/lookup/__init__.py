"""Somebody looked up outside a walk-in: the applicant of a case, or with a reason."""
