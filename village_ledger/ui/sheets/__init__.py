"""Ledgers, statements and their preview."""
