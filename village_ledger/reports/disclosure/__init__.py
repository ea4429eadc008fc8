"""What is put on the wall."""
