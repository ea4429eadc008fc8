"""Tests of asset cards, through services, command line, files and pages."""
