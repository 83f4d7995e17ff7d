"""The first screen: what is to be done, by queue."""
