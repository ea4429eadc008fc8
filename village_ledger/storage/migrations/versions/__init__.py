"""One file a migration; the number is the format it makes."""
