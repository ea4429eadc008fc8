"""Bank accounts, statements and reconciliation."""
