"""What several tests stand on: drivers, made-up people, a central in process."""
