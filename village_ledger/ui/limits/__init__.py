"""Small powers and approval limits: what a payment needs before it is posted: pages."""
