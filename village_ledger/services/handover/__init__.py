"""Handovers of the books and the list of old matters: user actions."""
