"""Everything that imports Textual: the desk's application, its screens and widgets."""
