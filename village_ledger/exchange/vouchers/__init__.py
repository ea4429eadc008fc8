"""Vouchers from files, and entry information beside them."""
