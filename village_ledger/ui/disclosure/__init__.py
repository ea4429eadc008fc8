"""The board: what is due, what hangs, what was said of it."""
