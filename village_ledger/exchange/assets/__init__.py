"""Lists of assets and their use."""
