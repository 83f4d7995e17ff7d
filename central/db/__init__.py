"""Central's SQL: tables, statements and what differs between SQLite and PostgreSQL."""
