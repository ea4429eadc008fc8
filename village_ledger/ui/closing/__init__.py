"""Closing months and years."""
