"""What is known of packages: the village's key, what was sent, and what a copy within a package withholds."""

from __future__ import annotations

import json
from typing import NamedTuple

from village_ledger.domain.chain import GENESIS
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import VoucherRef
from village_ledger.storage.queries import Queries, marks


class VillageKey(NamedTuple):
    """A key pair as kept; the private half is sealed under the book's data key."""

    id: int
    algorithm: str
    public: bytes
    sealed_private: bytes
    reason: str
    made_by: str
    made_at: str


class SentPackage(NamedTuple):
    """A package that was made, in the order of making."""

    seq: int
    digest: bytes
    previous: bytes
    first_day: str
    last_day: str
    heads: str
    level: str
    file: str
    made_by: str
    made_at: str


class Packed(NamedTuple):
    """That a book is the copy within a package, at which level and from when."""

    level: str
    made_at: str


class TakenRemarks(NamedTuple):
    """A remarks file as taken in; ``body`` is the file."""

    id: int
    digest: bytes
    package_seq: int
    reviewer: str
    office: str
    made_at: str
    body: str
    taken_by: str
    taken_at: str


class Answer(NamedTuple):
    """What was answered to a remark."""

    number: int
    text: str
    by: str
    at: str


class KnownReviewer(NamedTuple):
    """A reviewer's key the village knows."""

    public: bytes
    office: str
    compared: bool
    taken_by: str
    taken_at: str


class ReviewQueries(Queries):
    """Reads what review needs."""

    def packed(self) -> Packed | None:
        """What the copy within a package says of itself, None for a village's own book."""
        row = self._one("SELECT level, made_at FROM packed WHERE id = 1")
        return None if row is None else Packed._make(row)

    def chain_head(self, ledger: str) -> tuple[str, int]:
        """Head of a ledger's chain, hexadecimal, and the number of its links."""
        row = self._one(
            "SELECT digest, seq FROM posting WHERE ledger_id = ? ORDER BY seq DESC LIMIT 1",
            self._ledger_id(ledger),
        )
        return (GENESIS.hex(), 0) if row is None else (bytes(row[0]).hex(), int(row[1]))

    def head_at(self, ledger: str, links: int) -> str:
        """Digest of a ledger's chain after so many links, hexadecimal; empty when it has fewer."""
        digest = self._value(
            "SELECT digest FROM posting WHERE ledger_id = ? AND seq = ?", self._ledger_id(ledger), links
        )
        return "" if digest is None else bytes(digest).hex()

    def last_operation(self) -> bytes:
        """Digest of the last record of the operation log."""
        return bytes(self._value("SELECT digest FROM operation ORDER BY seq DESC LIMIT 1") or GENESIS)

    def village_keys(self) -> list[VillageKey]:
        """Every key of the village in the order made; the last is the one that signs."""
        rows = self._all(
            "SELECT id, algorithm, public, sealed_private, reason, made_by, made_at FROM village_key ORDER BY id"
        )
        return [VillageKey._make(row) for row in rows]

    def sent_packages(self) -> list[SentPackage]:
        """Every package made of this book."""
        rows = self._all(
            "SELECT seq, digest, previous, first_day, last_day, heads, level, file, made_by, made_at "
            "FROM package_sent ORDER BY seq"
        )
        return [SentPackage._make(row) for row in rows]

    def withheld_rows(self, kind: str) -> dict[int, str]:
        """Rows of a table something was left out of, and what is shown instead; empty in a village's own book."""
        return dict(self._all("SELECT row_id, shown FROM withheld_row WHERE kind = ?", kind))

    def withheld_texts(self, ids: list[int]) -> dict[int, dict[int, tuple[bytes | None, str]]]:
        """Of vouchers with a masked text: place → field salt of what is shown, or commitment of what is masked."""
        found: dict[int, dict[int, tuple[bytes | None, str]]] = {}
        for voucher_id, place, salt, committed in self._all(
            f"SELECT voucher_id, place, salt, commitment FROM withheld_text WHERE voucher_id IN ({marks(ids)})",
            *ids,
        ):
            found.setdefault(voucher_id, {})[place] = (salt, committed)
        return found

    def carried_as_closed(self, ledger: str, month: Month, seq: int) -> bool:
        """Whether a package carried a closed month as it is now: the closing head was in its chain, and no later closing.

        A month closed before the ledger had any voucher has no head.
        """
        ledger_id = self._ledger_id(ledger)
        sent = self._one("SELECT heads, made_at FROM package_sent WHERE seq = ?", seq)
        head = self._value("SELECT head FROM period WHERE ledger_id = ? AND month = ?", ledger_id, str(month))
        if sent is None:
            return False
        last = json.loads(sent[0]).get(ledger, "")
        closed = self._value(
            "SELECT max(at) FROM month_check WHERE ledger_id = ? AND month = ? AND closed = 1",
            ledger_id,
            str(month),
        )
        places = [
            0
            if digest == GENESIS
            else self._value("SELECT seq FROM posting WHERE ledger_id = ? AND digest = ?", ledger_id, digest)
            for digest in (bytes(head or GENESIS), bytes.fromhex(last))
        ]
        within = None not in places and places[0] <= places[1]
        return within and (closed is None or closed <= sent[1])

    def voucher_id(self, ledger: str, ref: VoucherRef) -> int:
        """The id of a voucher by month, word and number, 0 where there is none."""
        return int(
            self._value(
                "SELECT v.id FROM voucher v JOIN ledger l ON l.id = v.ledger_id "
                "WHERE l.code = ? AND v.month = ? AND v.word = ? AND v.number = ?",
                ledger,
                str(ref.month),
                ref.word,
                ref.number,
            )
            or 0
        )

    def taken_remarks(self) -> list[TakenRemarks]:
        """Every remarks file in the order taken in."""
        rows = self._all(
            "SELECT id, digest, package_seq, reviewer, office, made_at, body, taken_by, taken_at FROM remarks_file ORDER BY id"
        )
        return [TakenRemarks._make(row) for row in rows]

    def remark_answers(self, file_id: int) -> list[Answer]:
        """The answers to a file's remarks in the order given."""
        rows = self._all(
            "SELECT number, text, answered_by, answered_at FROM remark_answer WHERE file_id = ? ORDER BY id",
            file_id,
        )
        return [Answer._make(row) for row in rows]

    def known_reviewers(self) -> list[KnownReviewer]:
        """Reviewers' keys in the order they came to be known."""
        rows = self._all("SELECT public, office, compared, taken_by, taken_at FROM reviewer_key ORDER BY id")
        return [
            KnownReviewer(bytes(public), office, bool(compared), by, at)
            for public, office, compared, by, at in rows
        ]
