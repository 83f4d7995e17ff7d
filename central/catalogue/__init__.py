"""The item catalogue (事项库): identities and versions."""
