"""Packages, remarks and the township's folder."""
