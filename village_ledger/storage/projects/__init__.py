"""Projects: budget, tender, contract, payments, acceptance, final account: rows, guards, reading, proof."""
