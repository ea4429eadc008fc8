"""Vouchers from draft to posting."""
