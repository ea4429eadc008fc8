"""Claims, advances and receipt books."""
