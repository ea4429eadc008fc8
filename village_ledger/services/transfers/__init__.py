"""Between the two ledgers."""
