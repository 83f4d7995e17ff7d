"""The office's own workbook, filled with the figures of a report; all else in it stays."""
