"""The figures of a period on screen, and the workbook that a manager takes along."""
