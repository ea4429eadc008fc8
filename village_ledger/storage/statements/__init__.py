"""Statements and notes."""
