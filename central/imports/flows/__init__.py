"""Flows and bundles as data (流程配置): read from a workbook or TOML, checked whole, published."""
