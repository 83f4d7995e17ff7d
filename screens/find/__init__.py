"""One box that finds everything, from every screen."""
