"""Identity numbers at the counter: which document, and if wrong, what exactly."""
