"""Handovers of the books and the list of old matters: sheets and registers."""
