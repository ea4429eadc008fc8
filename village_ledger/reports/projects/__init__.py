"""Projects: budget, tender, contract, payments, acceptance, final account: sheets and registers."""
