"""Asset cards: what each ledger owns and what became of it: sheets and registers."""
