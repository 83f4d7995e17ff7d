"""The rows of `clerk.locale.problem_table`, by what they are about."""
