"""One old ledger split in two."""
