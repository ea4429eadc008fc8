"""The books in forms others read, and a dump taken back."""
