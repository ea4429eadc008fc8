"""An agency's workspace: people, what waits, and one act done for many villages."""
