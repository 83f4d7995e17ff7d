"""Where the papers of a case lie, and who may hand them to whom."""
