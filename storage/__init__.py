"""The desk's encrypted store: cached rows, outbox, drafts; all SQL of the desk is here."""
