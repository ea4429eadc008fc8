"""Pens that draw a table or a form."""
