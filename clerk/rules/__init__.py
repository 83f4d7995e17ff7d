"""The office's decisions as pure functions: no clock, no file, no database is read here."""
