"""Templates and what recurs."""
