"""Papers: what lies here, what comes here, and what was handed over (材料交接)."""
