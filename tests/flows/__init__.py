"""Stories: a clerk's day through the keyboard, with real services and a real central."""
