"""The manager's workbook: figures as formulas over a sheet of the cases behind them."""
