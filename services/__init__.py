"""The desk's use cases, sync loop, session, HTTP client and keyring: blocking code, no terminal."""
