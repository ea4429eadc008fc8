"""How the book format came about: one migration a format."""
