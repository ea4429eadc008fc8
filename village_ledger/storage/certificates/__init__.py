"""Share certificates."""
