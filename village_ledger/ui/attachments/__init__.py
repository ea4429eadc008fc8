"""Attachments kept by digest, and the electronic invoices among them: pages."""
