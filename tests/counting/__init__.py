"""Tests of the resource register."""
