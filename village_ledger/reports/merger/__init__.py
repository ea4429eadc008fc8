"""Mergers of villages: where each opening came from: sheets and registers."""
