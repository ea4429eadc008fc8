"""Looking a book over: every digest, sum and invariant recomputed from what is stored.

Hands back findings, never mends anything. A damaged page makes reading fail; then the records that cannot be read are
named one by one.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any, NamedTuple

from village_ledger.domain.chain import (
    GENESIS,
    ChainHead,
    ChainLine,
    canonical,
    canonical_of_commitments,
    commitment,
    link,
    operation_bytes,
)
from village_ledger.domain.errors import MISREAD, LedgerError
from village_ledger.domain.finding import Finding
from village_ledger.domain.money import format_fen
from village_ledger.storage.queries import Queries, Record, marks
from village_ledger.storage.registers import opening_digest
from village_ledger.storage.triggers import TRIGGERS, trigger_name
from village_ledger.storage.vouchers.party_sides import BALANCES, SIDES
from village_ledger.storage.vouchers.vouchers import CHAIN_LINES, HEADS

CHUNK = 500


class _Content(NamedTuple):
    """A posted voucher as stored, and (number, ledger, day) of each of its lines."""

    salt: bytes
    facts: list[Any]
    lines: list[ChainLine]
    places: list[Record]
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


class Inspection(Queries):
    """Findings about one open book, one method per invariant."""

    @contextmanager
    def tolerant(self) -> Generator[None]:
        """Read texts whose bytes are damaged as far as they go, so that their record can still be named."""
        driver = self._connection.driver
        driver.text_factory = _as_far_as_it_goes
        try:
            yield
        finally:
            driver.text_factory = str

    def file(self) -> Iterator[Finding]:
        """SQLite's own check of pages, indexes, constraints and foreign keys."""
        for (text,) in self._all("PRAGMA integrity_check(20)"):
            if text != "ok":
                yield Finding("V1", "账簿文件", f"文件内部不完整：{text}")
        for table, row_id, parent, _ in self._all("PRAGMA foreign_key_check")[:20]:
            record = table if row_id is None else f"{table} 第 {row_id} 条"
            yield Finding("V1", record, f"所指的 {parent} 记录不存在")

    def guards(self) -> Iterator[Finding]:
        """Every trigger stands as the program made it."""
        stored: dict[str, str] = dict(self._all("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        for statement in TRIGGERS:
            name = trigger_name(statement)
            if stored.pop(name, None) != statement:
                yield Finding("V2", f"保护规则 {name}", "被删掉或改过，已记账的内容可能不再受保护")
        for name in stored:
            yield Finding("V2", f"保护规则 {name}", "不是本程序设的")

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
            "SELECT p.voucher_id, p.seq, p.posted_by, p.posted_at, p.basis, p.previous, p.digest, v.month, v.word, v.number "
            "FROM posting p LEFT JOIN voucher v ON v.id = p.voucher_id WHERE p.ledger_id = ? AND p.seq > ? ORDER BY p.seq",
            ledger_id,
            expected_seq,
        )
        for start in range(0, len(postings), CHUNK):
            chunk = postings[start : start + CHUNK]
            contents = self._contents([row[0] for row in chunk])
            for voucher_id, seq, by, at, basis, before, digest, month, word, number in chunk:
                record = _ref(month, word, number) if month else f"记账第 {seq} 条"
                expected_seq += 1
                if seq != expected_seq or before != previous:
                    yield Finding("V3", record, "记账链在这里断开", ledger, _short(previous), _short(before))
                    expected_seq = seq
                content = contents.get(voucher_id)
                if content is None:
                    yield Finding("V3", record, "凭证不见了，或读不出来", ledger)
                else:
                    found = link(before, content.canonical(by, at, basis))
                    if found != digest:
                        yield Finding(
                            "V3", record, "凭证内容和记账时不一样", ledger, _short(digest), _short(found)
                        )
                    yield from _voucher_faults(ledger, ledger_id, record, content)
                previous = digest

    def _contents(self, ids: list[int]) -> dict[int, _Content]:
        """Heads and lines of vouchers by id; those that cannot be read are left out."""
        try:
            return self._read_contents(ids)
        except (LedgerError, *MISREAD):
            if len(ids) == 1:
                return {}
        found: dict[int, _Content] = {}
        for i in ids:
            found |= self._contents([i])
        return found

    def _read_contents(self, ids: list[int]) -> dict[int, _Content]:
        found: dict[int, _Content] = {}
        withheld = self._book.reader().withheld_texts(ids)
        for voucher_id, salt, *facts in self._all(f"{HEADS}WHERE v.id IN ({marks(ids)})", *ids):
            found[voucher_id] = _Content(salt, facts, [], [], withheld.get(voucher_id, {}))
        for row in self._all(
            f"{CHAIN_LINES}WHERE l.voucher_id IN ({marks(ids)}) ORDER BY l.voucher_id, l.line", *ids
        ):
            if row[0] in found:
                found[row[0]].lines.append(ChainLine._make(row[1:9]))
                found[row[0]].places.append(row[10:13])
        return found

    def totals(self, ledger: str) -> Iterator[Finding]:
        """Stored month, day, party and project totals equal the sums of posted lines, and what counterparties have follows."""
        ledger_id = self._ledger_id(ledger)
        lines = (
            "FROM voucher_line l JOIN posting p ON p.voucher_id = l.voucher_id JOIN voucher v ON v.id = l.voucher_id "
            "WHERE l.ledger_id = ?1"
        )
        for table, when, words in (
            ("month_total", "v.month", "月合计"),
            ("day_total", "l.day", "日合计"),
        ):
            column = "month" if table == "month_total" else "day"
            yield from self._compare(
                ledger,
                words,
                f"SELECT account, {column}, debit, credit, lines FROM {table} WHERE ledger_id = ?1",
                f"SELECT l.account, {when}, sum(l.debit), sum(l.credit), count(*) {lines} GROUP BY 1, 2",
                ledger_id,
            )
        for table, name, words in (
            ("party_total", "counterparty_id", "往来合计"),
            ("project_total", "project_id", "项目合计"),
        ):
            yield from self._compare(
                ledger,
                words,
                f"SELECT account, month || ' ' || {name}, debit, credit, 0 FROM {table} WHERE ledger_id = ?1",
                f"SELECT l.account, v.month || ' ' || l.{name}, sum(l.debit), sum(l.credit), 0 {lines} "
                f"AND l.{name} IS NOT NULL GROUP BY 1, 2",
                ledger_id,
            )
        yield from self._compare(
            ledger,
            "往来两方",
            "SELECT account, month, debit, credit, 0 FROM side_total WHERE ledger_id = ?1",
            f"SELECT account, month, debit, credit, 0 FROM ({SIDES})",
            ledger_id,
        )
        yield from self._compare(
            ledger,
            "往来余额",
            "SELECT account, counterparty_id, max(balance, 0), max(-balance, 0), 0 FROM party_balance WHERE ledger_id = ?1",
            f"SELECT account, party, max(balance, 0), max(-balance, 0), 0 FROM ({BALANCES})",
            ledger_id,
        )

    def _compare(self, ledger: str, words: str, kept: str, summed: str, ledger_id: int) -> Iterator[Finding]:
        found = {(row[0], row[1]): row[2:] for row in self._all(kept, ledger_id)}
        expected = {(row[0], row[1]): row[2:] for row in self._all(summed, ledger_id)}
        for key in sorted({*found, *expected}):
            has, should = found.get(key, (0, 0, 0)), expected.get(key, (0, 0, 0))
            if tuple(has) != tuple(should):
                yield Finding(
                    "V4", f"{key[0]} {key[1]}", f"{words}和凭证不符", ledger, _both(should), _both(has)
                )

    def unposted(self, ledger: str) -> Iterator[Finding]:
        """The short list of unposted vouchers is exactly those neither posted nor void."""
        rows = self._all(
            "SELECT v.month, v.word, v.number FROM voucher v LEFT JOIN posting p ON p.voucher_id = v.id "
            "LEFT JOIN unposted u ON u.voucher_id = v.id WHERE v.ledger_id = ? "
            "AND (u.voucher_id IS NOT NULL) <> (p.voucher_id IS NULL AND v.state <> 'void')",
            self._ledger_id(ledger),
        )
        for month, word, number in rows:
            yield Finding("V5", _ref(month, word, number), "待记账清单和凭证状态不符", ledger)

    def duties(self, ledger: str) -> Iterator[Finding]:
        """Nobody reviewed their own voucher."""
        rows = self._all(
            "SELECT month, word, number, prepared_by FROM voucher WHERE ledger_id = ? AND reviewed_by = prepared_by "
            "AND reviewed_by <> ''",
            self._ledger_id(ledger),
        )
        for month, word, number, person in rows:
            yield Finding("V6", _ref(month, word, number), f"制单和审核都是 {person}", ledger)

    def opening(self, ledger: str) -> Iterator[Finding]:
        """The opening document is what was entered, and balances."""
        row = self._one("SELECT digest FROM opening_document WHERE ledger_id = ?", self._ledger_id(ledger))
        lines = self._book.reader().opening_lines(ledger)
        if row is None:
            if lines:
                yield Finding("V7", "期初余额", "没有录入记录却有余额", ledger)
            return
        if opening_digest(lines) != row[0]:
            yield Finding(
                "V7",
                "期初余额",
                "和录入时不一样",
                ledger,
                bytes(row[0]).hex()[:16],
                opening_digest(lines).hex()[:16],
            )
        debit, credit = sum(x.debit for x in lines), sum(x.credit for x in lines)
        if debit != credit:
            yield Finding("V7", "期初余额", "借贷不平", ledger, format_fen(debit), format_fen(credit))

    def gaps(self, ledger: str) -> Iterator[Finding]:
        """Numbers run without a gap."""
        for gap in self._book.reader().gaps(ledger):
            record = f"{gap.month}/{gap.word}-{gap.first:04d}"
            more = f" 至 {gap.word}-{gap.last:04d}" if gap.last > gap.first else ""
            yield Finding("V8", record, f"凭证断号，缺 {gap.word}-{gap.first:04d}{more}", ledger)

    def operations(self) -> Iterator[Finding]:
        """The operation log's chain; of a record with a masked text in a package only that it follows on."""
        previous, place = GENESIS, 0
        withheld = self._book.reader().withheld_rows("operation")
        sql = 'SELECT seq, at, "by", action, ledger, subject, detail, previous, digest FROM operation ORDER BY seq'
        for seq, *facts, before, digest in self._all(sql):
            place += 1
            record = f"操作日志第 {seq} 条"
            if seq != place or before != previous:
                yield Finding(
                    "V9", record, "日志链在这里断开", "", previous.hex()[:16], bytes(before).hex()[:16]
                )
                place = seq
            found = link(before, operation_bytes(seq, *facts))
            if found != digest and seq not in withheld:
                yield Finding(
                    "V9", record, "内容和写入时不一样", "", bytes(digest).hex()[:16], found.hex()[:16]
                )
            previous = digest

    def sheets(self) -> Iterator[Finding]:
        """Registered sheets are what was printed."""
        for code, figures, digest in self._all("SELECT code, figures, digest FROM sheet ORDER BY code"):
            if sha256(figures.encode()).digest() != digest:
                yield Finding("V10", f"公开表 {code}", "登记的数字被改过")

    def links(self, ledger: str) -> Iterator[Finding]:
        """Every red-letter voucher still names the one it undoes, of its own ledger."""
        rows = self._all(
            "SELECT v.month, v.word, v.number FROM voucher v LEFT JOIN voucher_link k ON k.from_id = v.id "
            "AND k.kind = 'reverses' LEFT JOIN voucher o ON o.id = k.to_id "
            "WHERE v.ledger_id = ?1 AND v.kind = 'reversal' AND v.state <> 'void' AND o.ledger_id IS NOT ?1",
            self._ledger_id(ledger),
        )
        for month, word, number in rows:
            yield Finding("V15", _ref(month, word, number), "红字凭证没有连着它冲销的凭证", ledger)

    def seals(self, ledger: str) -> Iterator[Finding]:
        """A closed month's sealed head is still a link of the chain."""
        rows = self._all(
            "SELECT month FROM period t WHERE ledger_id = ?1 AND state IN ('closed', 'sealed') AND head IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM posting p WHERE p.ledger_id = ?1 AND p.digest = t.head)",
            self._ledger_id(ledger),
        )
        for (month,) in rows:
            yield Finding("V11", f"{month} 月结", "封存的链头不在记账链里", ledger)


def _voucher_faults(ledger: str, ledger_id: int, record: str, content: _Content) -> Iterator[Finding]:
    lines = content.lines
    debit, credit = sum(x.debit for x in lines), sum(x.credit for x in lines)
    if debit != credit:
        yield Finding("V12", record, "借贷不平", ledger, format_fen(debit), format_fen(credit))
    if len(lines) < 2:
        yield Finding("V12", record, "不足两行", ledger)
    day = content.facts[4]
    if content.places != [(number, ledger_id, day) for number in range(1, len(lines) + 1)]:
        yield Finding("V12", record, "有一行的行号、账套或日期和凭证不符", ledger)


def _as_far_as_it_goes(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def _ref(month: str, word: str, number: object) -> str:
    return f"{month}/{word}-{number:04d}" if isinstance(number, int) else f"{month}/{word}-{number}"


def _short(digest: object) -> str:
    return digest.hex()[:16] if isinstance(digest, bytes) else str(digest)


def _both(sums: Record) -> str:
    return f"借 {format_fen(sums[0])} 贷 {format_fen(sums[1])}"
