"""Village Ledger (村账): a village's two ledgers, kept apart and provable."""

__version__ = "0.1.0"
