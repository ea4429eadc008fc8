"""Attachments kept by digest, and the electronic invoices among them: rows, guards, reading, proof."""
