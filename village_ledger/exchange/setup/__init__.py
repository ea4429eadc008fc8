"""What a new book begins from."""
