"""One case as a page, with the acts of whoever reads it."""
