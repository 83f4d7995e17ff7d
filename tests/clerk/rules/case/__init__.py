"""A case through its life: what may happen to it and what may not."""
