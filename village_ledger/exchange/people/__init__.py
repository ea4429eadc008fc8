"""Member registers, in our columns or the village's own."""
