"""Persons and households."""
