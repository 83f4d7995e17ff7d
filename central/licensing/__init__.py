"""Licences that are out: their papers, their seals, what they are worth today."""
