"""Review in the window: packages sent and opened, remarks and their answers."""
