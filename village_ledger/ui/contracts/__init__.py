"""Contracts and leases: terms, rent rows, what is due and what was received: pages."""
