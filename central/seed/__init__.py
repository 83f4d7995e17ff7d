"""A city to begin with: the sample catalogue and generated people, for demos and tests."""
