"""Data packages: what departments share, published in one open format and pulled with keys."""
