"""Reading vouchers: one, a list, a stream of the posted ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from village_ledger.domain.errors import VoucherError
from village_ledger.domain.inter_ledger import DocumentNumber
from village_ledger.domain.period import CLOSING, Month, Span
from village_ledger.domain.voucher import (
    StoredVoucher,
    Voucher,
    VoucherKind,
    VoucherLine,
    VoucherRef,
    VoucherState,
)
from village_ledger.storage.interledger.queries import InterLedgerQueries
from village_ledger.storage.queries import Record, day_of, marks, one_snapshot
from village_ledger.storage.records import VoucherSummary

BASIS = (
    "CASE WHEN p.basis = 'second-review-pending' AND EXISTS (SELECT 1 FROM second_review s WHERE s.voucher_id = v.id "
    "AND s.verdict = 'pass') THEN 'reviewed' ELSE p.basis END"
)
"""On what a posted voucher stands: one of a one-person post counts as reviewed once the township has passed it."""
_HEAD = (
    "SELECT v.id, g.code, v.month, v.word, v.number, v.day, v.kind, v.attachments, v.no_attachment_reason, v.handler, "
    f"v.witness, v.approver, v.state, v.prepared_by, v.prepared_at, v.reviewed_by, v.return_reason, p.posted_by, {BASIS} "
    "FROM voucher v JOIN ledger g ON g.id = v.ledger_id LEFT JOIN posting p ON p.voucher_id = v.id "
)
_LINES = (
    "SELECT l.voucher_id, l.summary, l.account, l.debit, l.credit, coalesce(c.name, ''), coalesce(j.name, ''), "
    "coalesce(w.name, ''), coalesce(q.quantity, 0) FROM voucher_line l LEFT JOIN party c ON c.id = l.counterparty_id "
    "LEFT JOIN party j ON j.id = l.project_id LEFT JOIN party w ON w.id = l.group_id "
    "LEFT JOIN line_quantity q ON q.voucher_id = l.voucher_id AND q.line = l.line "
)
_SECOND_REVIEW = "second-review-pending"
_WAITING = frozenset({VoucherState.ENTERED, VoucherState.REVIEWED})
"""States that the short list of what waits has: the whole book is not looked through for them."""
_CHUNK = 500


class VoucherQueries(InterLedgerQueries):
    """Vouchers as domain values, and the documents between the ledgers that some are sides of."""

    @one_snapshot
    def voucher(self, voucher_id: int) -> StoredVoucher:
        """One voucher by its id; raises VoucherError when there is none."""
        found = self._stored(self._all(f"{_HEAD}WHERE v.id = ?", voucher_id))
        if not found:
            raise _gone()
        return found[0]

    @one_snapshot
    def find_voucher(self, ledger: str, ref: VoucherRef) -> StoredVoucher:
        """One voucher by month, word and number; raises VoucherError when there is none."""
        rows = self._all(
            f"{_HEAD}WHERE v.ledger_id = ? AND v.month = ? AND v.word = ? AND v.number = ?",
            self._ledger_id(ledger),
            str(ref.month),
            ref.word,
            ref.number,
        )
        if not rows:
            raise VoucherError(f"没有 {ref} 这张凭证", "请核对月份和凭证号。")
        return self._stored(rows)[0]

    @one_snapshot
    def vouchers_by_id(self, ids: Sequence[int]) -> list[StoredVoucher]:
        """Vouchers with these ids in the order of day, word and number; raises VoucherError when one is gone."""
        found: list[StoredVoucher] = []
        for start in range(0, len(ids), _CHUNK):
            part = ids[start : start + _CHUNK]
            found += self._stored(self._all(f"{_HEAD}WHERE v.id IN ({marks(part)})", *part))
        if len(found) < len(set(ids)):
            raise _gone()
        return sorted(found, key=lambda v: (v.voucher.day, v.ref.word, v.ref.number))

    def posted_vouchers(
        self, ledger: str, span: Span, *, with_closing: bool = False
    ) -> Iterator[StoredVoucher]:
        """Posted vouchers of a span by day, word and number, read in parts.

        ``with_closing``: those of the closing period that a span to 31 December ends with, too; they are in its balances.
        """
        ids = self._posted_ids(ledger, span, with_closing=with_closing)
        for start in range(0, len(ids), _CHUNK):
            yield from self.vouchers_by_id(ids[start : start + _CHUNK])

    def posted_count(self, ledger: str, span: Span) -> int:
        """How many vouchers ``posted_vouchers`` gives, those of the closing period too."""
        return len(self._posted_ids(ledger, span, with_closing=True))

    def last_posted_day(self, ledger: str) -> date | None:
        """The latest day of a posted voucher, None before the first."""
        found = self._value("SELECT max(day) FROM day_total WHERE ledger_id = ?", self._ledger_id(ledger))
        return None if found is None else day_of(found)

    def _posted_ids(self, ledger: str, span: Span, *, with_closing: bool) -> list[int]:
        last = Month.of(span.last)
        if with_closing and last.month == CLOSING - 1:
            last = Month(last.year, CLOSING)
        rows = self._all(
            "SELECT v.id FROM voucher v JOIN posting p ON p.voucher_id = v.id WHERE v.ledger_id = ? "
            "AND v.month >= ? AND v.month <= ? AND v.day >= ? AND v.day <= ? ORDER BY v.day, v.word, v.number",
            self._ledger_id(ledger),
            str(Month.of(span.first)),
            str(last),
            span.first.isoformat(),
            span.last.isoformat(),
        )
        return [i for (i,) in rows]

    def unposted_ids(self, ledger: str, through: str = "9") -> list[int]:
        """Ids of vouchers entered and not yet posted or void, up to a day, in order of number."""
        rows = self._all(
            "SELECT v.id FROM unposted u JOIN voucher v ON v.id = u.voucher_id WHERE u.ledger_id = ? AND u.day <= ? "
            "ORDER BY v.day, v.word, v.number",
            self._ledger_id(ledger),
            through,
        )
        return [i for (i,) in rows]

    def parties_of(self, ids: Sequence[int]) -> dict[int, list[str]]:
        """Names of the counterparties on vouchers with these ids, in order of line."""
        found: dict[int, list[str]] = {}
        for start in range(0, len(ids), _CHUNK):
            part = ids[start : start + _CHUNK]
            rows = self._all(
                "SELECT l.voucher_id, c.name FROM voucher_line l JOIN party c ON c.id = l.counterparty_id "
                f"WHERE l.voucher_id IN ({marks(part)}) ORDER BY l.voucher_id, l.line",
                *part,
            )
            for voucher_id, name in rows:
                names = found.setdefault(voucher_id, [])
                if name not in names:
                    names.append(name)
        return found

    def awaiting_second_review(self, ledger: str, span: Span) -> int:
        """How many posted vouchers of a span still wait for a second person (待补审)."""
        found = self._value(
            "SELECT count(*) FROM voucher v JOIN posting p ON p.voucher_id = v.id WHERE v.ledger_id = ? "
            "AND v.month >= ? AND v.month <= ? AND v.day >= ? AND v.day <= ? AND p.basis = ? "
            f"AND {BASIS} = p.basis",
            self._ledger_id(ledger),
            str(Month.of(span.first)),
            str(Month(span.last.year, CLOSING)),
            span.first.isoformat(),
            span.last.isoformat(),
            _SECOND_REVIEW,
        )
        return int(found or 0)

    def next_number(self, ledger: str, month: Month, word: str) -> int:
        """The number the next voucher of a month and word gets; the closing period numbers on after December."""
        numbered = [month, Month(month.year, 12)] if month.is_closing else [month]
        last = 0
        for part in numbered:
            sql = "SELECT max(number) FROM voucher WHERE ledger_id = ? AND month = ? AND word = ?"
            last = max(last, self._value(sql, self._ledger_id(ledger), str(part), word) or 0)
        return last + 1

    def state_counts(self, ledger: str) -> dict[VoucherState, int]:
        """How many vouchers wait, by state: entered and reviewed."""
        rows = self._all(
            "SELECT v.state, count(*) FROM unposted u JOIN voucher v ON v.id = u.voucher_id WHERE u.ledger_id = ? GROUP BY 1",
            self._ledger_id(ledger),
        )
        return {VoucherState(state): count for state, count in rows}

    @one_snapshot
    def vouchers(
        self,
        ledger: str,
        *,
        month: Month | None = None,
        states: Iterable[VoucherState] | None = None,
        text: str = "",
    ) -> list[VoucherSummary]:
        """Vouchers of a ledger as list rows, by month, word and number; ``text`` searches summaries, parties, amounts."""
        sql = (
            "SELECT v.id, v.month, v.word, v.number, v.day, v.attachments, v.prepared_by, v.reviewed_by, v.state, "
            f"v.return_reason, p.posted_by, {BASIS}, sum(l.debit), count(*), "
            "max(CASE WHEN l.line = 1 THEN l.summary END), max(c.name) "
            "FROM voucher v JOIN voucher_line l ON l.voucher_id = v.id LEFT JOIN posting p ON p.voucher_id = v.id "
            "LEFT JOIN party c ON c.id = l.counterparty_id WHERE v.ledger_id = ?"
        )
        parameters: list[object] = [self._ledger_id(ledger)]
        wanted = None if states is None else frozenset(states)
        if month is not None:
            sql += " AND v.month = ?"
            parameters.append(str(month))
        if wanted is not None and wanted <= _WAITING:
            sql += " AND v.id IN (SELECT voucher_id FROM unposted)"
        if text:
            sql += (
                " AND v.id IN (SELECT l2.voucher_id FROM voucher_line l2 LEFT JOIN party c2 ON c2.id = l2.counterparty_id "
                "WHERE l2.ledger_id = v.ledger_id AND (instr(l2.summary, ?) OR instr(c2.name, ?) OR "
                "instr(printf('%.2f', (l2.debit + l2.credit) / 100.0), ?)))"
            )
            parameters += [text, text, text.replace(",", "")]
        rows = self._all(f"{sql} GROUP BY v.id ORDER BY v.month, v.word, v.number", *parameters)
        ids = [row[0] for row in rows]
        links, documents = self._links(ids), self._documents(ids)
        found = [_summary(row, links.get(row[0], ()), documents.get(row[0], "")) for row in rows]
        return [v for v in found if wanted is None or v.state in wanted]

    def summaries(self, ledger: str, text: str, limit: int = 20) -> list[str]:
        """Summaries used before that hold ``text``, newest first."""
        rows = self._all(
            "SELECT summary FROM (SELECT l.summary, l.voucher_id FROM voucher_line l WHERE l.ledger_id = ? "
            "ORDER BY l.voucher_id DESC LIMIT 5000) WHERE instr(summary, ?) GROUP BY summary "
            "ORDER BY max(voucher_id) DESC LIMIT ?",
            self._ledger_id(ledger),
            text,
            limit,
        )
        return [summary for (summary,) in rows]

    def _stored(self, heads: list[Record]) -> list[StoredVoucher]:
        ids = [head[0] for head in heads]
        rows = (
            self._all(f"{_LINES}WHERE l.voucher_id IN ({marks(ids)}) ORDER BY l.voucher_id, l.line", *ids)
            if ids
            else []
        )
        lines = {
            i: tuple(VoucherLine(*row[1:]) for row in group) for i, group in groupby(rows, key=lambda r: r[0])
        }
        links = self._links(ids)
        invoices, documents = self._invoices(ids), self._documents(ids)
        found = [
            _stored(head, lines.get(head[0], ()), links.get(head[0], ()), invoices.get(head[0], ()))
            for head in heads
        ]
        return [replace(v, document=documents[v.id]) if v.id in documents else v for v in found]

    def _documents(self, ids: list[int]) -> dict[int, str]:
        found: dict[int, str] = {}
        for start in range(0, len(ids), _CHUNK):
            part = ids[start : start + _CHUNK]
            rows = self._all(
                "SELECT s.voucher_id, t.year, t.number FROM transfer_side s JOIN transfer t ON t.id = s.transfer_id "
                f"WHERE s.voucher_id IN ({marks(part)})",
                *part,
            )
            found.update((i, str(DocumentNumber(year, number))) for i, year, number in rows)
        return found

    def _invoices(self, ids: list[int]) -> dict[int, tuple[str, ...]]:
        if not ids:
            return {}
        rows = self._all(
            f"SELECT voucher_id, number FROM invoice WHERE voucher_id IN ({marks(ids)}) ORDER BY id", *ids
        )
        found: dict[int, tuple[str, ...]] = {}
        for voucher_id, number in rows:
            found[voucher_id] = (*found.get(voucher_id, ()), number)
        return found

    def _links(self, ids: list[int]) -> dict[int, tuple[tuple[str, str], ...]]:
        found: dict[int, list[tuple[str, str]]] = {}
        for start in range(0, len(ids), _CHUNK):
            part = ids[start : start + _CHUNK]
            rows = self._all(
                "SELECT k.from_id, k.kind, k.to_id, a.kind, a.month, a.word, a.number, b.month, b.word, b.number "
                "FROM voucher_link k "
                "JOIN voucher a ON a.id = k.from_id JOIN voucher b ON b.id = k.to_id "
                f"WHERE k.from_id IN ({marks(part)}) OR k.to_id IN ({marks(part)}) ORDER BY k.from_id, k.kind",
                *part,
                *part,
            )
            for from_id, kind, to_id, why, m1, w1, n1, m2, w2, n2 in rows:
                origin, target = VoucherRef(Month.parse(m1), w1, n1), VoucherRef(Month.parse(m2), w2, n2)
                forward, back = ("订正", "已订正")
                if kind == "reverses":
                    forward, back = ("蓝字" if why == VoucherKind.PRIOR_YEAR.value else "红字", "已冲")
                found.setdefault(from_id, []).append((forward, str(target)))
                found.setdefault(to_id, []).append((back, str(origin)))
        return {i: tuple(dict.fromkeys(pairs)) for i, pairs in found.items()}


def _gone() -> VoucherError:
    return VoucherError("没有这张凭证", "它可能已被删除，请刷新列表。")


def _stored(
    head: Record,
    lines: tuple[VoucherLine, ...],
    links: tuple[tuple[str, str], ...],
    invoices: tuple[str, ...],
) -> StoredVoucher:
    (
        i,
        ledger,
        month,
        word,
        number,
        day,
        kind,
        attachments,
        reason,
        handler,
        witness,
        approver,
        state,
        by,
        at,
        reviewer,
    ) = head[:16]
    return_reason, posted_by, basis = head[16:]
    voucher = Voucher(
        day=day_of(day),
        lines=lines,
        word=word,
        attachments=attachments,
        no_attachment_reason=reason,
        kind=VoucherKind(kind),
        handler=handler,
        witness=witness,
        approver=approver,
        closing=Month.parse(month).is_closing,
    )
    return StoredVoucher(
        id=i,
        ledger=ledger,
        ref=VoucherRef(Month.parse(month), word, number),
        voucher=voucher,
        state=VoucherState.POSTED if posted_by is not None else VoucherState(state),
        prepared_by=by,
        prepared_at=at,
        reviewed_by=reviewer,
        posted_by=posted_by or "",
        return_reason=return_reason,
        awaits_second_review=basis == _SECOND_REVIEW,
        links=links,
        invoices=invoices,
    )


def _summary(row: Record, links: tuple[tuple[str, str], ...], document: str) -> VoucherSummary:
    (
        i,
        month,
        word,
        number,
        day,
        attachments,
        by,
        reviewer,
        state,
        return_reason,
        posted_by,
        basis,
        amount,
        count,
    ) = row[:14]
    summary, counterparty = row[14:]
    return VoucherSummary(
        id=i,
        ref=VoucherRef(Month.parse(month), word, number),
        day=day_of(day),
        summary=summary or "",
        counterparty=counterparty or "",
        amount=amount,
        attachments=attachments,
        prepared_by=by,
        reviewed_by=reviewer,
        posted_by=posted_by or "",
        state=VoucherState.POSTED if posted_by is not None else VoucherState(state),
        return_reason=return_reason,
        links=links,
        awaits_second_review=basis == _SECOND_REVIEW,
        line_count=count,
        document=document,
    )
