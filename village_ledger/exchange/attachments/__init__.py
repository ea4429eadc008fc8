"""Files that prove something, electronic invoices among them."""
