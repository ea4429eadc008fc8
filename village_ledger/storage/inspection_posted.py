"""Looking posted vouchers over: the chain recomputed from what is stored, and whether each stands as one can be posted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from village_ledger.domain.chain import (
    GENESIS,
    ChainHead,
    LineText,
    canonical,
    canonical_of_commitments,
    commitment,
    link,
)
from village_ledger.domain.errors import MISREAD, LedgerError
from village_ledger.domain.finding import Finding
from village_ledger.domain.money import format_fen
from village_ledger.storage.queries import Queries, marks
from village_ledger.storage.vouchers.vouchers import DIGESTED_LINES, HEADS

CHUNK = 500
_DIGESTED = slice(1, 9)
"""Of a row of ``DIGESTED_LINES`` the line itself."""
_UNFIT = (
    "SELECT p.voucher_id, p.seq, coalesce(sum(l.debit), 0), coalesce(sum(l.credit), 0), count(l.line), "
    "count(l.line) > 0 AND (min(l.line) <> 1 OR max(l.line) <> count(l.line) "
    "OR sum(l.ledger_id <> p.ledger_id OR l.day <> v.day) > 0) AS misplaced "
    "FROM posting p JOIN voucher v ON v.id = p.voucher_id LEFT JOIN voucher_line l ON l.voucher_id = v.id "
    "WHERE p.ledger_id = ? AND p.seq > ? GROUP BY p.voucher_id "
    "HAVING sum(l.debit) IS NOT sum(l.credit) OR count(l.line) < 2 OR misplaced ORDER BY p.seq"
)
"""Posted vouchers after a link that nobody could have posted so; a line's number is unique within its voucher."""


class Posted(NamedTuple):
    """A posted voucher as stored."""

    salt: bytes
    facts: list[Any]
    lines: list[LineText]
    withheld: dict[int, tuple[bytes | None, str]]
    """In a package's copy, of a voucher with a masked text: see ``storage.review.tables``."""

    def canonical(self, by: str, at: str, basis: str) -> bytes:
        """The bytes digested of it."""
        head = ChainHead._make((*self.facts, by, at, basis))
        if not self.withheld:
            return canonical(head, self.lines, self.salt)
        texts = [*head[8:11], *(text for line in self.lines for text in line[3:7])]
        committed = [self._commitment(place, text) for place, text in enumerate(texts)]
        return canonical_of_commitments(head, self.lines, committed)

    def _commitment(self, place: int, text: str) -> str:
        salt, kept = self.withheld.get(place, (b"", ""))  # a text where there was none proves nothing
        return kept if salt is None else commitment(salt, text)


class PostedInspection(Queries):
    """Findings about posted vouchers: their chain (V3), and whether each balances (V12)."""

    def links_after(self, ledger: str, head: bytes) -> int:
        """How many links of a ledger's chain come after one, by its digest."""
        return (
            self._value(
                "SELECT coalesce(max(seq), 0) - ? FROM posting WHERE ledger_id = ?",
                self._place(ledger, head),
                self._ledger_id(ledger),
            )
            or 0
        )

    def _place(self, ledger: str, head: bytes) -> int:
        """Number of the link with a digest, 0 for the beginning and for one that is none of the chain's."""
        if head == GENESIS:
            return 0
        found = self._value(
            "SELECT seq FROM posting WHERE ledger_id = ? AND digest = ? ORDER BY seq DESC LIMIT 1",
            self._ledger_id(ledger),
            head,
        )
        return found or 0

    def chain(self, ledger: str, after: bytes = GENESIS) -> Iterator[Finding]:
        """Recompute the chain of a ledger, all or ``after`` a sealed head; names every voucher whose digest differs."""
        ledger_id, expected_seq = self._ledger_id(ledger), self._place(ledger, after)
        previous = after if expected_seq else GENESIS
        postings = self._all(
            "SELECT voucher_id, seq, posted_by, posted_at, basis, previous, digest FROM posting "
            "WHERE ledger_id = ? AND seq > ? ORDER BY seq",
            ledger_id,
            expected_seq,
        )
        for start in range(0, len(postings), CHUNK):
            chunk = postings[start : start + CHUNK]
            contents = self._contents([row[0] for row in chunk])
            for voucher_id, seq, by, at, basis, before, digest in chunk:
                expected_seq += 1
                if seq != expected_seq or before != previous:
                    record = self._record(voucher_id, seq)
                    yield Finding("V3", record, "记账链在这里断开", ledger, _short(previous), _short(before))
                    expected_seq = seq
                content = contents.get(voucher_id)
                if content is None:
                    yield Finding("V3", self._record(voucher_id, seq), "凭证不见了，或读不出来", ledger)
                elif (found := link(before, content.canonical(by, at, basis))) != digest:
                    record = self._record(voucher_id, seq)
                    yield Finding(
                        "V3", record, "凭证内容和记账时不一样", ledger, _short(digest), _short(found)
                    )
                previous = digest

    def vouchers(self, ledger: str, after: bytes = GENESIS) -> Iterator[Finding]:
        """Every posted voucher, all or ``after`` a sealed head, balances, has two lines or more, each in its place."""
        for voucher_id, seq, debit, credit, lines, misplaced in self._all(
            _UNFIT, self._ledger_id(ledger), self._place(ledger, after)
        ):
            record = self._record(voucher_id, seq)
            if debit != credit:
                yield Finding("V12", record, "借贷不平", ledger, format_fen(debit), format_fen(credit))
            if lines < 2:
                yield Finding("V12", record, "不足两行", ledger)
            if misplaced:
                yield Finding("V12", record, "有一行的行号、账套或日期和凭证不符", ledger)

    def _record(self, voucher_id: int, seq: int) -> str:
        """What a posted voucher is called; by its link where it is not there."""
        row = self._one("SELECT month, word, number FROM voucher WHERE id = ?", voucher_id)
        return voucher_ref(*row) if row and row[0] else f"记账第 {seq} 条"

    def _contents(self, ids: list[int]) -> dict[int, Posted]:
        """Heads and lines of vouchers by id; those that cannot be read are left out."""
        try:
            return self._read_contents(ids)
        except (LedgerError, *MISREAD):
            if len(ids) == 1:
                return {}
        found: dict[int, Posted] = {}
        for i in ids:
            found |= self._contents([i])
        return found

    def _read_contents(self, ids: list[int]) -> dict[int, Posted]:
        found: dict[int, Posted] = {}
        withheld = self._book.reader().withheld_texts(ids)
        for voucher_id, salt, *facts in self._all(f"{HEADS}WHERE v.id IN ({marks(ids)})", *ids):
            found[voucher_id] = Posted(salt, facts, [], withheld.get(voucher_id, {}))
        for row in self._all(
            f"{DIGESTED_LINES}WHERE l.voucher_id IN ({marks(ids)}) ORDER BY l.voucher_id, l.line", *ids
        ):
            if row[0] in found:
                found[row[0]].lines.append(row[_DIGESTED])  # pyright: ignore[reportArgumentType]  a row of the driver is untyped
        return found


def voucher_ref(month: str, word: str, number: object) -> str:
    """What a stored voucher is called, even one whose number is none."""
    return f"{month}/{word}-{number:04d}" if isinstance(number, int) else f"{month}/{word}-{number}"


def _short(digest: object) -> str:
    return digest.hex()[:16] if isinstance(digest, bytes) else str(digest)
