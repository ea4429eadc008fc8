"""The first pages one sees."""
