"""Share grants and lists of members with amounts."""
