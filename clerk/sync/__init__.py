"""The sync protocol as pure functions: both programs and the simulator drive the same ones."""
