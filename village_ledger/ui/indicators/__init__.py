"""Indicators of the collective: income, rent, idle assets, debt."""
