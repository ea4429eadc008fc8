"""Figures into one Table, and the pens that draw it."""
