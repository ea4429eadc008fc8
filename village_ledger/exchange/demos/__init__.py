"""Demonstration villages, made by the same imports and services as real ones."""
