"""A bundle application as a whole: its graph by stages, its critical path, its earliest finish."""
