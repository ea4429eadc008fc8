"""Looking a book over: every digest, sum and invariant recomputed from what is stored.

Hands back findings, never mends anything. A damaged page makes reading fail; then the records that cannot be read are
named one by one.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256

from village_ledger.domain.chain import GENESIS, link, operation_bytes
from village_ledger.domain.finding import Finding
from village_ledger.domain.money import format_fen
from village_ledger.storage.inspection_posted import voucher_ref
from village_ledger.storage.queries import Queries
from village_ledger.storage.registers import opening_digest
from village_ledger.storage.triggers import TRIGGERS, trigger_name

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


@cache
def _guards() -> dict[str, str]:
    """Every trigger by its name, as the program makes it."""
    return {trigger_name(statement): statement for statement in TRIGGERS}


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
        for name, statement in _guards().items():
            if stored.pop(name, None) != statement:
                yield Finding("V2", f"保护规则 {name}", "被删掉或改过，已记账的内容可能不再受保护")
        for name in stored:
            yield Finding("V2", f"保护规则 {name}", "不是本程序设的")

    def unposted(self, ledger: str) -> Iterator[Finding]:
        """The short list of unposted vouchers is exactly those neither posted nor void."""
        rows = self._all(
            "SELECT v.month, v.word, v.number FROM voucher v LEFT JOIN posting p ON p.voucher_id = v.id "
            "LEFT JOIN unposted u ON u.voucher_id = v.id WHERE v.ledger_id = ? "
            "AND (u.voucher_id IS NOT NULL) <> (p.voucher_id IS NULL AND v.state <> 'void')",
            self._ledger_id(ledger),
        )
        for month, word, number in rows:
            yield Finding("V5", voucher_ref(month, word, number), "待记账清单和凭证状态不符", ledger)

    def duties(self, ledger: str) -> Iterator[Finding]:
        """Nobody reviewed their own voucher."""
        rows = self._all(
            "SELECT month, word, number, prepared_by FROM voucher WHERE ledger_id = ? AND reviewed_by = prepared_by "
            "AND reviewed_by <> ''",
            self._ledger_id(ledger),
        )
        for month, word, number, person in rows:
            yield Finding("V6", voucher_ref(month, word, number), f"制单和审核都是 {person}", ledger)

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
            yield Finding("V15", voucher_ref(month, word, number), "红字凭证没有连着它冲销的凭证", ledger)

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


def _as_far_as_it_goes(text: bytes) -> str:
    return text.decode("utf-8", "replace")
