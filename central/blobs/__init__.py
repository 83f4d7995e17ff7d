"""Scans at central: where their bytes lie, how they come in, who gets them out."""
