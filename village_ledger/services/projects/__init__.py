"""Projects: budget, tender, contract, payments, acceptance, final account: user actions."""
