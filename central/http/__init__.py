"""The edge of central: decode, call, encode."""
