"""What administrators see at their own desks."""
