"""What a merger is told by files."""
