"""Tests of stock-takes, handovers and old matters."""
