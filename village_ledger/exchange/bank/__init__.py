"""Statements of banks in whatever columns they come."""
