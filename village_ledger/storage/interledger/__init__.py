"""Documents between the ledgers."""
