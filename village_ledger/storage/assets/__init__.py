"""Asset cards: what each ledger owns and what became of it: rows, guards, reading, proof."""
