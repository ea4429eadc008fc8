"""Files from and to others."""
