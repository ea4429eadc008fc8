"""Public disclosure (公开): reading what sheets are made from."""
