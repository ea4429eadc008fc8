"""Hands on pages of decisions and panels: wait, read a row, choose from a list."""

from __future__ import annotations


def see(page, settle) -> None:
    """Wait for an act and read again, as the window does after a change."""
    settle()
    page.reload()
    settle()


def cells(page, row: int) -> list[str]:
    model = page.table.view.model()
    return [model.text(row, place) for place in range(len(model.columns))]


def choose(picker, value: str) -> None:
    picker.setCurrentIndex(picker.findData(value))
