"""Colours, sizes and style sheet."""
