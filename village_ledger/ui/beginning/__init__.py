"""From the start page to the openings."""
