"""Budgets, prepaid rent and earmarked funds."""
