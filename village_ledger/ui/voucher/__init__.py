"""Entering, listing and reviewing vouchers."""
