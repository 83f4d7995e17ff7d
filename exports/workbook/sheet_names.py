"""The sheets of a workbook that are ours and tell an import nothing."""

from __future__ import annotations

LIST_NAMES = ("错误清单", "Error list")
"""What was wrong when the workbook was handed back, in each language."""
NOTES_NAME = "说明"
"""What to write in each column of a template."""
WORDS_NAME = "词表"
"""The words that a template offers."""
OWN_SHEETS = frozenset({*LIST_NAMES, NOTES_NAME, WORDS_NAME})
