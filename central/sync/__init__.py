"""The calls of the sync protocol, as plain functions: connection in, messages out."""
