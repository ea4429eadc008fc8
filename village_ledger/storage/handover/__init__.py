"""Handovers of the books and the list of old matters: rows, guards, reading, proof."""
