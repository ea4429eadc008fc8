"""An old ledger and the decisions that split it."""
