"""Mergers of villages: where each opening came from: rows, guards, reading, proof."""
