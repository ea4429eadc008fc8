"""Looking a book over: every digest, sum and invariant recomputed from what is stored.

Hands back findings, never mends anything. A damaged page makes reading fail; then the records that cannot be read are
named one by one.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from village_ledger.domain.chain import GENESIS, link, operation_bytes
from village_ledger.domain.errors import MISREAD, LedgerError
from village_ledger.domain.finding import Finding
from village_ledger.domain.money import format_fen
from village_ledger.storage.inspection_posted import Posted, Sums
from village_ledger.storage.queries import Queries, Record, marks
from village_ledger.storage.registers import opening_digest
from village_ledger.storage.triggers import TRIGGERS, trigger_name
from village_ledger.storage.vouchers.party_sides import BALANCES, SIDES
from village_ledger.storage.vouchers.vouchers import CHAIN_LINES, HEADS

if TYPE_CHECKING:
    from village_ledger.storage.file.book_file import BookFile

CHUNK = 500
_KINDS = {"counterparty": "往来单位", "project": "项目", "group": "村民小组"}
_POINTED_TO = (
    ("voucher_line", "counterparty_id", "counterparty"),
    ("voucher_line", "project_id", "project"),
    ("voucher_line", "group_id", "group"),
    ("opening", "counterparty_id", "counterparty"),
    ("opening", "project_id", "project"),
    ("contract", "party_id", "counterparty"),
    ("project_entry", "project_id", "project"),
)
"""Where names of parties stand, and as what."""


class Inspection(Queries):
    """Findings about one open book, one method per invariant."""

    def __init__(self, book: BookFile) -> None:
        super().__init__(book)
        self._summed: dict[str, Sums] = {}
        """What whole chains came to, by ledger."""

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
            "SELECT voucher_id, seq, posted_by, posted_at, basis, previous, digest FROM posting "
            "WHERE ledger_id = ? AND seq > ? ORDER BY seq",
            ledger_id,
            expected_seq,
        )
        sums = None if expected_seq else Sums(self._state())
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
                    sums = None
                    yield Finding("V3", self._record(voucher_id, seq), "凭证不见了，或读不出来", ledger)
                else:
                    found = link(before, content.canonical(by, at, basis))
                    if found != digest:
                        record = self._record(voucher_id, seq)
                        yield Finding(
                            "V3", record, "凭证内容和记账时不一样", ledger, _short(digest), _short(found)
                        )
                    if not content.is_plain(ledger_id):
                        sums = None
                        yield from content.faults(ledger, ledger_id, self._record(voucher_id, seq))
                    elif sums is not None:
                        sums.take(content)
                previous = digest
        if sums is not None:
            self._summed[ledger] = sums

    def _state(self) -> object:
        """Changes when somebody else has committed."""
        return self._value("PRAGMA data_version")

    def _record(self, voucher_id: int, seq: int) -> str:
        """What a posted voucher is called; by its link where it is not there."""
        row = self._one("SELECT month, word, number FROM voucher WHERE id = ?", voucher_id)
        return _ref(*row) if row and row[0] else f"记账第 {seq} 条"

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
            f"{CHAIN_LINES}WHERE l.voucher_id IN ({marks(ids)}) ORDER BY l.voucher_id, l.line", *ids
        ):
            if row[0] in found:
                found[row[0]].rows.append(row)
        return found

    def totals(self, ledger: str) -> Iterator[Finding]:
        """Stored month, day, party and project totals equal the sums of posted lines, and what counterparties have follows."""
        ledger_id, sums = self._ledger_id(ledger), self._posted_sums(ledger)
        for words, kept, expected in (
            ("月合计", "month, account, debit, credit, lines FROM month_total", sums.by_month()),
            ("日合计", "day, account, debit, credit, lines FROM day_total", sums.by_day()),
            (
                "往来合计",
                "month || ' ' || counterparty_id, account, debit, credit FROM party_total",
                sums.parties,
            ),
            (
                "项目合计",
                "month || ' ' || project_id, account, debit, credit FROM project_total",
                sums.projects,
            ),
        ):
            yield from _differences(ledger, words, self._kept(kept, ledger_id), expected)
        for words, kept, summed in (
            (
                "往来两方",
                "month, account, debit, credit FROM side_total",
                f"month, account, debit, credit FROM ({SIDES})",
            ),
            (
                "往来余额",
                "counterparty_id, account, max(balance, 0), max(-balance, 0) FROM party_balance",
                f"party, account, max(balance, 0), max(-balance, 0) FROM ({BALANCES})",
            ),
        ):
            expected: dict[Any, dict[str, list[int]]] = {}
            for key, account, *sides in self._all(f"SELECT {summed}", ledger_id):
                expected.setdefault(key, {})[account] = sides
            yield from _differences(ledger, words, self._kept(kept, ledger_id), expected)

    def _kept(self, of: str, ledger_id: int) -> list[Record]:
        return self._all(f"SELECT {of} WHERE ledger_id = ?1", ledger_id)

    def _posted_sums(self, ledger: str) -> Sums:
        """What the lines of posted vouchers come to; the chain's pass has added them up where it found nothing."""
        sums = self._summed.pop(ledger, None)
        if sums is not None and sums.state == self._state():
            return sums
        sums = Sums(self._state())
        for month, day, *line in self._stream(
            "SELECT v.month, l.day, l.account, l.debit, l.credit, l.counterparty_id, l.project_id FROM voucher_line l "
            "JOIN posting p ON p.voucher_id = l.voucher_id JOIN voucher v ON v.id = l.voucher_id WHERE l.ledger_id = ?",
            self._ledger_id(ledger),
        ):
            sums.add(month, day, [tuple(line)])
        return sums

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

    def parties(self) -> Iterator[Finding]:
        """What lines, opening balances, contracts and projects point to is of the kind they point to it as."""
        uses = " UNION ".join(
            f"SELECT {column} AS id, '{kind}' AS kind FROM {table} WHERE {column} IS NOT NULL"
            for table, column, kind in _POINTED_TO
        )
        for name, kind, used in self._all(
            f"SELECT p.name, p.kind, u.kind FROM ({uses}) u JOIN party p ON p.id = u.id "
            "WHERE p.kind <> u.kind ORDER BY p.id"
        ):
            yield Finding("V87", name, "类别和用它的账不符", "", _KINDS[used], _KINDS.get(kind) or kind)

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
            "SELECT month FROM period WHERE ledger_id = ?1 AND state IN ('closed', 'sealed') AND head IS NOT NULL "
            "AND head NOT IN (SELECT digest FROM posting WHERE ledger_id = ?1 "
            "AND digest IN (SELECT head FROM period WHERE ledger_id = ?1))",
            self._ledger_id(ledger),
        )
        for (month,) in rows:
            yield Finding("V11", f"{month} 月结", "封存的链头不在记账链里", ledger)


def _differences(
    ledger: str, words: str, kept: list[Record], expected: Mapping[Any, Mapping[str, list[int]]]
) -> Iterator[Finding]:
    """Where sums that are kept, (month or day or whose, account, figures), are not those of the lines."""
    if sum(map(len, expected.values())) == len(kept) and all(
        expected.get(key, {}).get(account) == figures for key, account, *figures in kept
    ):
        return
    found = {(account, key): figures for key, account, *figures in kept}
    right = {
        (account, key): figures for key, of_all in expected.items() for account, figures in of_all.items()
    }
    nothing = [0] * len(next(iter((found or right).values())))
    for place in sorted({*found, *right}):
        has, should = found.get(place, nothing), right.get(place, nothing)
        if has != should:
            yield Finding(
                "V4", f"{place[0]} {place[1]}", f"{words}和凭证不符", ledger, _both(should), _both(has)
            )


def _as_far_as_it_goes(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def _ref(month: str, word: str, number: object) -> str:
    return f"{month}/{word}-{number:04d}" if isinstance(number, int) else f"{month}/{word}-{number}"


def _short(digest: object) -> str:
    return digest.hex()[:16] if isinstance(digest, bytes) else str(digest)


def _both(sums: Sequence[int]) -> str:
    return f"借 {format_fen(sums[0])} 贷 {format_fen(sums[1])}"
