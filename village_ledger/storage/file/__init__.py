"""The file a book is."""
