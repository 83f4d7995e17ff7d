"""What is only on this machine, and why."""
