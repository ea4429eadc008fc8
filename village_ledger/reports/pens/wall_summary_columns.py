"""Pieces of the first page in columns: blocks stay whole, columns are as long as each other, pages break between questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from village_ledger.reports.pens.wall_summary_pieces import Column, Piece

Pages = list[list[list[Piece]]]
"""Pages of columns of pieces."""


def kept(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces that stand together in one column."""
    return [*(replace(piece, keeps_next=True) for piece in pieces[:-1]), pieces[-1]]


def joined(blocks: Iterable[Sequence[Piece]], column: Column) -> list[Piece]:
    """Blocks below each other with room between."""
    pieces: list[Piece] = []
    for block in blocks:
        if pieces:
            pieces.append(column.gap(0.45))
        pieces += block
    return pieces


def in_columns(pieces: Sequence[Piece], room: float) -> list[list[Piece]]:
    """Pieces in columns no longer than the room, each as full as it may be."""
    columns: list[list[Piece]] = [[]]
    used = 0.0
    for number, piece in enumerate(pieces):
        if columns[-1] and used + together(pieces[number:]) > room + 0.01:
            if piece.is_gap:
                continue
            columns.append([])
            used = 0.0
        if piece.is_gap and not columns[-1]:
            continue
        columns[-1].append(piece)
        used += piece.height
    return columns


def one_page(units: Sequence[Sequence[Piece]], count: int, room: float) -> list[list[Piece]]:
    """Columns of one page: spare ones go to the longest question, each question's columns are as long as each other."""
    shares = [len(in_columns(unit, room)) for unit in units]
    while sum(shares) < count:
        longest = max(range(len(units)), key=lambda i: height_of(units[i]) / shares[i])
        if shares[longest] >= sum(not piece.is_gap for piece in units[longest]) - 1:
            break
        shares[longest] += 1
    return [
        column for unit, share in zip(units, shares, strict=True) for column in balanced(unit, share, room)
    ]


def balanced(pieces: Sequence[Piece], share: int, room: float) -> list[list[Piece]]:
    """Pieces in so many columns, none longer than it must be."""
    least = height_of(pieces) / share
    while least < room:
        columns = in_columns(pieces, least)
        if len(columns) <= share:
            return columns
        least += 4
    return in_columns(pieces, room)


def broken(unit: Sequence[Piece], count: int, room: float) -> tuple[Pages, Sequence[Piece]]:
    """Whole pages of a question longer than one, and what stands on its last page."""
    pages: Pages = []
    while len(columns := in_columns(unit, room)) > count:
        pages.append(columns[:count])
        ended = pages[-1][-1][-1]
        at = next(i for i, piece in enumerate(unit) if piece is ended) + 1
        unit = unit[at + unit[at].is_gap :]
    return pages, unit


def height_of(pieces: Sequence[Piece]) -> float:
    """Height of pieces below each other."""
    return sum(piece.height for piece in pieces)


def together(pieces: Sequence[Piece]) -> float:
    """Height of a piece with what must stand below it."""
    height = 0.0
    for piece in pieces:
        height += piece.height
        if not piece.keeps_next:
            break
    return height
