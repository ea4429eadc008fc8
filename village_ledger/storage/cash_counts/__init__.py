"""Cash counts."""
