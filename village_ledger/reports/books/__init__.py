"""Account books."""
