"""Benchmarks, each printing a ratio to a limit or to a peer measured in the same run."""
