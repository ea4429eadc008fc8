"""Registers of contracts, in our columns or the village's own."""
