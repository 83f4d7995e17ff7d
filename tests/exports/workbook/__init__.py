"""Tests of the manager workbook."""
