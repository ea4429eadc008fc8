"""What is published: sheets registered, posted, checked, objected to, and what is due when."""
