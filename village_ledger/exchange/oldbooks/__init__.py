"""Books of other programs as their files say them."""
