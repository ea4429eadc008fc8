"""Founding a book."""
