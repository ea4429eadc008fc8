"""Looking closing over: its records say what the chained operation log says, and the months stand as they say."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.storage.queries import Queries

RULE = "V50"
_WRITTEN = {
    "放行提醒": (
        "SELECT at, \"by\", month || ' ' || rule, rtrim(found, '。') || '；原因：' || reason FROM waiver WHERE ledger_id = ?"
    ),
    "反结账": (
        "SELECT at, \"by\", month, '批准人：' || approved_by || '；原因：' || reason FROM reopening WHERE ledger_id = ?"
    ),
    "封存": (
        "SELECT at, \"by\", month, '监事 ' || first_supervisor || '、' || second_supervisor || ' 签字；签字单：' || sheet "
        "FROM month_seal WHERE ledger_id = ?1 AND basis = 'supervisors' UNION ALL "
        "SELECT at, \"by\", month, '乡镇接受的送审包 ' || sheet FROM month_seal WHERE ledger_id = ?1 AND basis = 'package'"
    ),
}
"""Action of the operation log → its records: when, who, subject and detail as the log has them."""


class ClosingInspection(Queries):
    """Findings about waivers, reopenings, seals and distributions of one open book."""

    def records(self, ledger: str) -> Iterator[Finding]:
        """Every record has its operation, and every such operation its record: none was added or taken away."""
        ledger_id = self._ledger_id(ledger)
        for what, written in _WRITTEN.items():
            records = sorted(map(tuple, self._all(written, ledger_id)))
            logged = sorted(
                map(
                    tuple,
                    self._all(
                        'SELECT at, "by", subject, detail FROM operation WHERE ledger = ? AND action = ?',
                        ledger,
                        what,
                    ),
                )
            )
            for record in _beyond(records, logged):
                yield Finding(
                    RULE, str(record[2]), f"{what}的记录和操作日志对不上", ledger, found=str(record[3])
                )
            if what != "反结账" or records:  # reopened before the book kept records of its own
                for record in _beyond(logged, records):
                    yield Finding(RULE, str(record[2]), f"{what}的记录不见了", ledger, str(record[3]))

    def seals(self, ledger: str) -> Iterator[Finding]:
        """A month with a seal is sealed, with the chain head it was closed with."""
        for month, state in self._all(
            "SELECT s.month, p.state FROM month_seal s JOIN period p ON p.ledger_id = s.ledger_id AND p.month = s.month "
            "WHERE s.ledger_id = ? AND (p.state <> 'sealed' OR p.head IS NOT s.head)",
            self._ledger_id(ledger),
        ):
            yield Finding(
                RULE, str(month), "签字封存过，月份的状态或链头却变了", ledger, "sealed", str(state)
            )

    def distributions(self, ledger: str) -> Iterator[Finding]:
        """A distribution's amount is that of its voucher."""
        for month, word, number, amount, booked in self._all(
            "SELECT v.month, v.word, v.number, d.amount, sum(l.debit) FROM distribution_part d "
            "JOIN voucher v ON v.id = d.voucher_id JOIN voucher_line l ON l.voucher_id = v.id "
            "WHERE d.ledger_id = ? GROUP BY d.voucher_id HAVING d.amount <> sum(l.debit)",
            self._ledger_id(ledger),
        ):
            record = f"{month}/{word}-{number:04d}"
            yield Finding(RULE, record, "收益分配的金额和凭证不同", ledger, str(amount), str(booked))


def _beyond(some: list[tuple[object, ...]], others: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Those of the first list that the second does not hold as often."""
    left = list(others)
    beyond: list[tuple[object, ...]] = []
    for one in some:
        if one in left:
            left.remove(one)
        else:
            beyond.append(one)
    return beyond
