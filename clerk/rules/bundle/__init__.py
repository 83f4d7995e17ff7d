"""Bundles (一件事, 并联审批): a graph of items, what waits for what, and when all is done."""
