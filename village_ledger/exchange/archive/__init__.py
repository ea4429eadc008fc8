"""Accounting archives filed in a folder, and a folder held to its list."""
