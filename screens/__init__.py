"""Everything that imports Textual: the desk's application, its screens and widgets."""

import os

# Before Textual is imported, which reads it once: docs/adr/0028-a-frame-waits-seven-milliseconds.md
os.environ.setdefault("TEXTUAL_FPS", "144")
