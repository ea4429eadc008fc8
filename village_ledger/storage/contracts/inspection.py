"""Looking over contracts: what was signed is what was signed, the summary is what the rows say, nothing counts twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from village_ledger.domain.chain import GENESIS, link
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.finding import Finding
from village_ledger.domain.money import format_fen
from village_ledger.domain.people_chain import row_bytes
from village_ledger.storage.contracts.records import RentLink, StoredContract
from village_ledger.storage.contracts.rows import row_states
from village_ledger.storage.queries import Queries

_RULE = "V72"


class ContractInspection(Queries):
    """Findings about 合同台账 (V72)."""

    def findings(self) -> Iterator[Finding]:
        """What does not hold in this area's rows."""
        reader = self._book.reader()
        for info in reader.ledgers():
            if not reader.has_contracts(info.code):
                continue
            yield from self._digests(info.code)
            try:
                contracts = reader.contracts(info.code)
            except LedgerError as error:
                yield Finding(_RULE, "合同", f"条款读不成合同：{error.what}", info.code)
                continue
            links = reader.rent_links([one.id for one in contracts])
            summary = self._summary(info.code)
            for one in contracts:
                yield from self._contract(one, links.get(one.id, []), info.start.first, summary[one.id])
            yield from self._twice(info.code)
            yield from self._lines(info.code)

    def _lines(self, ledger: str) -> Iterator[Finding]:
        """Lines of vouchers that stand for more rent than they say, or are another ledger's."""
        rows = self._all(
            "SELECT c.number, v.month || '/' || v.word || '-' || printf('%04d', v.number), sum(x.amount), "
            "coalesce(l.debit + l.credit, 0), v.ledger_id = c.ledger_id FROM rent_link x "
            "JOIN contract c ON c.id = x.contract_id JOIN voucher v ON v.id = x.voucher_id "
            "LEFT JOIN voucher_line l ON l.voucher_id = x.voucher_id AND l.line = x.line WHERE c.ledger_id = ? "
            "GROUP BY x.voucher_id, x.line HAVING sum(x.amount) > coalesce(l.debit + l.credit, 0) "
            "OR v.ledger_id <> c.ledger_id",
            self._ledger_id(ledger),
        )
        for number, ref, matched, said, same in rows:
            what = "对上的租金超过了凭证这一行" if same else "租金对到了另一本账的凭证"
            yield Finding(_RULE, ref, f"合同 {number}：{what}", ledger, format_fen(said), format_fen(matched))

    def _digests(self, ledger: str) -> Iterator[Finding]:
        """The chain of changes, beginning with the terms signed."""
        reader = self._book.reader()
        rows = self._all(
            "SELECT c.number, x.contract_id, x.seq, x.day, x.act, x.status, x.amount, x.end_day, coalesce(p.name, ''), "
            "x.member, x.basis, x.entered_by, x.entered_at, x.digest FROM contract_change x "
            "JOIN contract c ON c.id = x.contract_id LEFT JOIN party p ON p.id = x.party_id WHERE c.ledger_id = ? "
            "ORDER BY x.contract_id, x.seq",
            self._ledger_id(ledger),
        )
        broken: set[int] = set()
        previous, at = b"", 0
        for number, contract_id, seq, *rest, digest in rows:
            if contract_id != at:
                at, previous = contract_id, link(GENESIS, reader.contract_bytes(contract_id))
            expected = link(previous, row_bytes("contract_change", (contract_id, seq, *rest)))
            if digest != expected and contract_id not in broken:
                broken.add(contract_id)
                yield Finding(
                    _RULE,
                    f"合同 {number}",
                    f"条款或第 {seq} 次变更被改过",
                    ledger,
                    expected.hex()[:12],
                    bytes(digest).hex()[:12],
                )
            previous = digest

    def _summary(self, ledger: str) -> dict[int, tuple[str, str, str, bool]]:
        rows = self._all(
            "SELECT contract_id, status, end_day, next_due, stale FROM contract_now WHERE ledger_id = ?",
            self._ledger_id(ledger),
        )
        return {i: (status, end, due, bool(stale)) for i, status, end, due, stale in rows}

    def _contract(
        self,
        one: StoredContract,
        links: list[RentLink],
        kept_from: date,
        summary: tuple[str, str, str, bool],
    ) -> Iterator[Finding]:
        """The summary, and every row against what was booked and received for it."""
        rows = row_states(one, links, kept_from)
        name = f"合同 {one.number}"
        first = next((row.row.due.isoformat() for row in rows if row.open > 0), "")
        expected = (one.status.value, one.now.end.isoformat(), first)
        if summary[:3] != expected and not (summary[3] and summary[:2] == expected[:2]):
            yield Finding(
                _RULE, name, "状态摘要和条款不符", one.ledger, " ".join(expected), " ".join(summary[:3])
            )
        known = {row.row.first for row in rows}
        for foreign in {x.first for x in links if x.stands} - known:
            yield Finding(_RULE, name, f"有凭证对到了不存在的一期 {foreign}", one.ledger)
        for row in rows:
            for what, fen in (("收款", row.received), ("应收", row.accrued + row.unaccrued)):
                if fen > row.row.amount:
                    yield Finding(
                        _RULE,
                        name,
                        f"{row.row.first} 这一期的{what}超过了租金",
                        one.ledger,
                        format_fen(row.row.amount),
                        format_fen(fen),
                    )

    def _twice(self, ledger: str) -> Iterator[Finding]:
        """Whole things let to two at once."""
        rows = self._all(
            "SELECT i.code, c.number, d.number FROM contract_item i JOIN contract_now n ON n.contract_id = i.contract_id "
            "JOIN contract_item o ON o.code = i.code AND o.contract_id > i.contract_id "
            "JOIN contract_now m ON m.contract_id = o.contract_id AND m.ledger_id = n.ledger_id "
            "AND m.start_day <= n.end_day AND n.start_day <= m.end_day JOIN contract c ON c.id = i.contract_id "
            "JOIN contract d ON d.id = o.contract_id WHERE n.ledger_id = ? AND i.code <> '' AND (i.area = 0 OR o.area = 0) "
            "ORDER BY i.code",
            self._ledger_id(ledger),
        )
        for code, one, other in rows:
            yield Finding(_RULE, f"标的 {code}", f"同一时间租给了两家：合同 {one} 和 {other}", ledger)
