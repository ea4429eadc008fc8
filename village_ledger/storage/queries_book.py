"""Reading the book itself: village, ledgers, charts, months, parties, drafts, log, sheets."""

from __future__ import annotations

import json
from contextlib import suppress

from village_ledger.domain.chart import Account, Chart, CodeRule, Dimension, LedgerKind, Money, Side
from village_ledger.domain.errors import LedgerError, PeriodError
from village_ledger.domain.period import Month, MonthState
from village_ledger.domain.voucher import Draft, DraftLine, VoucherKind
from village_ledger.storage.queries import Queries, day_of
from village_ledger.storage.records import (
    BookInfo,
    Gap,
    LedgerInfo,
    MonthInfo,
    OpeningLine,
    Operation,
    StoredDraft,
    StoredSheet,
)


class BookQueries(Queries):
    """What the book is and holds beside vouchers."""

    def book(self) -> BookInfo:
        """The village of this book."""
        row = self._one("SELECT uid, village, is_demo, created_at, program_version FROM book")
        if row is None:
            raise LedgerError("账簿里没有村名", "请用备份打开。")
        uid, village, is_demo, created_at, version = row
        return BookInfo(uid, village, bool(is_demo), created_at, version)

    def ledgers(self) -> tuple[LedgerInfo, ...]:
        """All ledgers in the order they were set up."""
        rows = self._all(
            "SELECT id, code, kind, title, entity, registration_code, chart_id, code_widths, start_month, one_person_post "
            "FROM ledger ORDER BY id"
        )
        return tuple(
            LedgerInfo(
                i, code, LedgerKind(kind), title, entity, reg, chart, widths, Month.parse(start), bool(one)
            )
            for i, code, kind, title, entity, reg, chart, widths, start, one in rows
        )

    def ledger_id(self, code: str) -> int:
        """The number of a ledger, remembered; raises LedgerError naming those there are."""
        return self._ledger_id(code)

    def ledger(self, code: str) -> LedgerInfo:
        """One ledger by its code; raises LedgerError naming those there are."""
        self._ledger_id(code)
        return next(ledger for ledger in self.ledgers() if ledger.code == code)

    def chart(self, ledger: str) -> Chart:
        """The chart of accounts of a ledger."""
        return self._book.cached_chart(ledger, lambda: self._read_chart(ledger))

    def _read_chart(self, ledger: str) -> Chart:
        info = self.ledger(ledger)
        rows = self._all(
            "SELECT a.code, a.name, a.side, a.category, a.level, coalesce(a.parent, ''), a.is_leaf, a.active, a.protected, "
            "a.two_way, a.money, a.demands, coalesce(q.unit, ''), coalesce(q.required, 0) FROM account a "
            "LEFT JOIN quantity_account q ON q.ledger_id = a.ledger_id AND q.account = a.code WHERE a.ledger_id = ?",
            info.id,
        )
        accounts = [
            Account(
                code=code,
                name=name,
                side=Side(side),
                category=category,
                level=level,
                parent=parent,
                is_leaf=bool(is_leaf),
                active=bool(active),
                protected=bool(protected),
                two_way=bool(two_way),
                money=Money(money) if money else None,
                demands=frozenset(Dimension(d) for d in demands.split(";") if d),
                unit=unit,
                quantity_required=bool(required),
            )
            for (
                *(
                    code,
                    name,
                    side,
                    category,
                    level,
                    parent,
                    is_leaf,
                    active,
                    protected,
                    two_way,
                    money,
                    demands,
                ),
                unit,
                required,
            ) in rows
        ]
        return Chart(info.kind, CodeRule.parse(info.code_widths), accounts)

    def months(self, ledger: str) -> list[MonthInfo]:
        """Months of the open years in order, closing periods left out."""
        rows = self._all(
            "SELECT month, state FROM period WHERE ledger_id = ? AND substr(month, 6) <= '12' ORDER BY month",
            self._ledger_id(ledger),
        )
        return [MonthInfo(Month.parse(month), MonthState(state)) for month, state in rows]

    def reopened_months(self, ledger: str) -> list[Month]:
        """Months that were closed and opened again (反结账)."""
        rows = self._all(
            "SELECT month FROM period WHERE ledger_id = ? AND reopened > 0 ORDER BY month",
            self._ledger_id(ledger),
        )
        return [Month.parse(month) for (month,) in rows]

    def month_state(self, ledger: str, month: Month, *, migrating: bool = False) -> MonthState:
        """State of a month that may be used: open years and the year after them.

        Raises PeriodError for a month before the book's start or beyond ("future" is after the open years). A third year
        is not begun while the first has open months, unless an import brings old years in.
        """
        ledger_id = self._ledger_id(ledger)
        state = self._value(
            "SELECT state FROM period WHERE ledger_id = ? AND month = ?", ledger_id, str(month)
        )
        if state is not None:
            return MonthState(state)
        first, last = self._one(
            "SELECT min(month), max(month) FROM period WHERE ledger_id = ?", ledger_id
        ) or ("", "")
        if str(month) < first:
            raise PeriodError(
                f"{month.year}年{month.month}月在启用月份 {first} 之前", "请核对日期；以前的余额记在期初里。"
            )
        if month.year > int(last[:4]) + 1:
            raise PeriodError(
                f"{month.year}年{month.month}月还没到：这本账现在开到 {last[:4]} 年",
                "请核对日期，先把前面年度的账记完。",
            )
        lagging = "SELECT 1 FROM period WHERE ledger_id = ? AND month < ? AND state IN ('open', 'checking')"
        if not migrating and self._one(lagging, ledger_id, f"{month.year - 1}-01") is not None:
            raise PeriodError(
                f"{month.year}年{month.month}月还没到：{month.year - 2} 年还有月份没有结账",
                "请核对日期，先把前面年度的账结完。",
            )
        return MonthState.OPEN

    def names(self, kind: str, text: str = "", limit: int = 20) -> list[str]:
        """Names of a kind (counterparty, project, group) that hold ``text``."""
        pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        rows = self._all(
            "SELECT name FROM party WHERE kind = ? AND name LIKE ? ESCAPE '\\' ORDER BY length(name), name LIMIT ?",
            kind,
            pattern,
            limit,
        )
        return [name for (name,) in rows]

    def name_numbers(self, kind: str) -> dict[str, int]:
        """Every name of a kind and the number the book gave it, which never changes."""
        return dict(self._all("SELECT name, id FROM party WHERE kind = ?", kind))

    def counterparties(self, text: str = "", limit: int = 20) -> list[str]:
        """Counterparties (往来单位/成员) whose name holds ``text``."""
        return self.names("counterparty", text, limit)

    def projects(self, text: str = "", limit: int = 20) -> list[str]:
        """Projects (项目/专项) whose name holds ``text``."""
        return self.names("project", text, limit)

    def groups(self, text: str = "", limit: int = 20) -> list[str]:
        """Village groups (村民小组) whose name holds ``text``."""
        return self.names("group", text, limit)

    def aliases(self, ledger: str) -> dict[str, str]:
        """Learned nicknames of accounts."""
        return dict(
            self._all("SELECT alias, account FROM alias WHERE ledger_id = ?", self._ledger_id(ledger))
        )

    def setting(self, key: str, default: str = "") -> str:
        """A setting of the book."""
        value = self._value("SELECT value FROM setting WHERE key = ?", key)
        return default if value is None else value

    def drafts(self) -> list[StoredDraft]:
        """Autosaved drafts, newest first; one that cannot be read stays in the book and keeps no other back."""
        rows = self._all('SELECT id, saved_at, "by", body FROM draft ORDER BY saved_at DESC, id DESC')
        found: list[StoredDraft] = []
        for i, saved_at, by, body in rows:
            with suppress(ValueError, TypeError, KeyError):
                found.append(StoredDraft(i, draft_from_json(body), saved_at, by))
        return found

    def opening_lines(self, ledger: str) -> list[OpeningLine]:
        """The opening document's rows in the order entered."""
        rows = self._all(
            "SELECT o.account, coalesce(c.name, ''), coalesce(p.name, ''), o.debit, o.credit, o.year_debit, o.year_credit, "
            "coalesce(q.quantity, 0) FROM opening o LEFT JOIN party c ON c.id = o.counterparty_id "
            "LEFT JOIN party p ON p.id = o.project_id LEFT JOIN opening_quantity q ON q.opening_id = o.id "
            "WHERE o.ledger_id = ? ORDER BY o.id",
            self._ledger_id(ledger),
        )
        return [OpeningLine(*row) for row in rows]

    def has_opening(self, ledger: str) -> bool:
        """Whether the opening document has been entered."""
        return (
            self._value("SELECT 1 FROM opening_document WHERE ledger_id = ?", self._ledger_id(ledger))
            is not None
        )

    def operations(
        self, text: str = "", first: str = "", last: str = "", by: str = "", action: str = ""
    ) -> list[Operation]:
        """The operation log, by content, time (``2025-03-01`` …), person and kind of action, oldest first."""
        sql = 'SELECT seq, at, "by", action, ledger, subject, detail FROM operation WHERE at >= ? AND at < ?'
        parameters: list[object] = [first, f"{last}T99" if last else "9"]
        if by:
            sql += ' AND "by" = ?'
            parameters.append(by)
        if action:
            sql += " AND instr(action, ?)"
            parameters.append(action)
        if text:
            sql += " AND (instr(action, ?) OR instr(subject, ?) OR instr(detail, ?))"
            parameters += [text, text, text]
        return [Operation(*row) for row in self._all(f"{sql} ORDER BY seq", *parameters)]

    def sheet(self, code: str) -> StoredSheet | None:
        """A registered disclosure sheet by its check code."""
        row = self._one(
            "SELECT s.code, l.code, s.report, s.first_day, s.last_day, s.made_at, s.made_by, s.figures, "
            "s.digest FROM sheet s JOIN ledger l ON l.id = s.ledger_id WHERE s.code = ?",
            code,
        )
        if row is None:
            return None
        code, ledger, report, first, last, *made = row
        return StoredSheet(code, ledger, report, day_of(first), day_of(last), *made)

    def gaps(self, ledger: str) -> list[Gap]:
        """Voucher numbers that are missing; normally none, which counting them shows."""
        ledger_id = self._ledger_id(ledger)
        if self._one(_UNEVEN, ledger_id) is None:
            return []
        rows = self._all(
            f"SELECT month, word, before + 1, number - 1 FROM (SELECT month, word, number, "
            f"lag(number, 1, 0) OVER (PARTITION BY {_NUMBERED}, word ORDER BY number) AS before "
            "FROM voucher WHERE ledger_id = ?) WHERE number > before + 1 ORDER BY month, word, number",
            ledger_id,
        )
        return [Gap(Month.parse(month), word, first, last) for month, word, first, last in rows]

    def numbers(self, ledger: str) -> list[tuple[Month, str, int, int, int]]:
        """Per month and word: first number, last number and how many vouchers."""
        rows = self._all(
            "SELECT month, word, min(number), max(number), count(*) FROM voucher WHERE ledger_id = ? "
            "GROUP BY month, word ORDER BY month, word",
            self._ledger_id(ledger),
        )
        return [(Month.parse(month), word, first, last, count) for month, word, first, last, count in rows]

    def print_count(self, subject: str) -> int:
        """How often a subject (such as a voucher's id) has been printed."""
        return self._value("SELECT times FROM print_count WHERE subject = ?", subject) or 0


_NUMBERED = "min(month, substr(month, 1, 4) || '-12')"
"""The month whose numbers a voucher goes on with: the closing period's go on with December's."""
_UNEVEN = (
    f"SELECT 1 FROM (SELECT {_NUMBERED} AS numbered, word, min(number) AS first, max(number) AS last, count(*) AS n "
    "FROM voucher WHERE ledger_id = ? GROUP BY month, word) GROUP BY numbered, word "
    "HAVING min(first) <> 1 OR sum(n) <> max(last) OR sum(last - first + 1) <> max(last) LIMIT 1"
)
"""Whether some month's numbers are not simply 1 to their count, one stretch after the other."""


def draft_to_json(draft: Draft) -> str:
    """A draft as stored."""
    body = {name: getattr(draft, name) for name in Draft.__slots__ if name not in ("lines", "kind")}
    body["kind"] = draft.kind.value
    body["lines"] = [{name: getattr(line, name) for name in DraftLine.__slots__} for line in draft.lines]
    return json.dumps(body, ensure_ascii=False)


def draft_from_json(text: str) -> Draft:
    """A stored draft."""
    body = json.loads(text)
    body["kind"] = VoucherKind(body["kind"])
    body["lines"] = [DraftLine(**line) for line in body["lines"]]
    row, column = body["cursor"]
    body["cursor"] = (int(row), str(column))
    return Draft(**body)
