"""Mergers of villages: where each opening came from: pages."""
