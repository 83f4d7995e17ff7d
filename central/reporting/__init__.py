"""The facts behind reports: cases and what happened to them, without an applicant in them."""
