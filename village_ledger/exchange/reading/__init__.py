"""Means: what a file is, its tables, headings and cells."""
