"""Attachments kept by digest, and the electronic invoices among them: sheets and registers."""
