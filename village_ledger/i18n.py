"""Visible text passes ``tr()``: whole Chinese sentences with named fields."""

from __future__ import annotations


def tr(sentence: str, /, **fields: object) -> str:
    """The sentence in the user's language with its fields filled in; Chinese is the source language."""
    return sentence.format(**fields) if fields else sentence
