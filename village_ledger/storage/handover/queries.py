"""Reading handovers and old matters."""

from __future__ import annotations

from datetime import date

from village_ledger.domain.errors import HandoverError
from village_ledger.domain.handover import (
    Handover,
    HandoverStep,
    HandoverStepDone,
    Item,
    ItemKind,
    Parties,
    Place,
    Result,
    Signature,
)
from village_ledger.domain.old_matter import FollowUp, MatterStatus, OldMatter, Side
from village_ledger.storage.queries import Queries, Record, day_of, one_snapshot

_HANDOVER = (
    "SELECT h.id, h.year, h.number, coalesce(l.code, ''), h.day, h.post, h.giver, h.taker, h.supervisor, h.supervisor_post, "
    "h.note, h.made_by, h.made_at FROM handover h LEFT JOIN ledger l ON l.id = h.ledger_id "
)
_MATTER = (
    "SELECT m.id, m.number, l.code, m.term, m.side, m.account, m.party, m.project, m.name, m.balance, m.age, m.made_by, "
    "m.made_at FROM old_matter m JOIN ledger l ON l.id = m.ledger_id "
)


class HandoverQueries(Queries):
    """Handovers of the book, old matters of its ledgers."""

    @one_snapshot
    def handovers(self) -> list[Handover]:
        """Handovers, the newest first."""
        rows = self._all(f"{_HANDOVER}ORDER BY h.day DESC, h.number DESC")
        return [self._handover(row) for row in rows]

    @one_snapshot
    def handover(self, number: str) -> Handover:
        """One by its number, 交-2025-01; raises HandoverError naming those there are."""
        for one in self.handovers():
            if one.number == number.strip():
                return one
        known = "、".join(one.number for one in self.handovers()) or "还没有登记过"
        raise HandoverError(f"没有 {number} 这次交接", f"登记过的：{known}。")

    def handover_items(self, handover_id: int) -> list[Item]:
        """Items in the order of the list."""
        kinds = list(ItemKind)
        rows = self._all(
            "SELECT line, kind, title, detail, amount, quantity, ledger, by_hand, result, note FROM handover_item "
            "WHERE handover_id = ? ORDER BY line",
            handover_id,
        )
        items = [
            Item(
                line,
                ItemKind(kind),
                title,
                detail,
                amount,
                quantity,
                ledger,
                bool(by_hand),
                Result(result),
                note,
            )
            for line, kind, title, detail, amount, quantity, ledger, by_hand, result, note in rows
        ]
        return sorted(items, key=lambda item: (kinds.index(item.kind), item.by_hand, item.number))

    def chain_head_of(self, ledger: str, day: date) -> bytes:
        """Digest of the last link that posts a voucher dated up to a day; empty for none."""
        return bytes(
            self._value(
                "SELECT p.digest FROM posting p JOIN voucher v ON v.id = p.voucher_id WHERE p.ledger_id = ? AND v.day <= ? "
                "ORDER BY p.seq DESC LIMIT 1",
                self._ledger_id(ledger),
                day.isoformat(),
            )
            or b""
        )

    def vouchers_after_handover(self, giver: str, at: str) -> list[str]:
        """Refs of vouchers somebody prepared after the moment the books were handed on."""
        rows = self._all(
            "SELECT month, word, number FROM voucher WHERE prepared_by = ? AND prepared_at > ? AND state <> 'void' "
            "ORDER BY month, word, number LIMIT 20",
            giver,
            at,
        )
        return [f"{month}/{word}-{number:04d}" for month, word, number in rows]

    @one_snapshot
    def old_matters(self, ledger: str) -> list[OldMatter]:
        """Old matters of a ledger by number, with their logs."""
        log: dict[int, list[FollowUp]] = {}
        for matter_id, day, status, owner, cause, plan, due, words, by, at in self._all(
            'SELECT e.matter_id, e.day, e.status, e.owner, e.cause, e.plan, e.due, e.words, e."by", e.at '
            "FROM old_matter_entry e JOIN old_matter m ON m.id = e.matter_id WHERE m.ledger_id = ? ORDER BY e.id",
            self._ledger_id(ledger),
        ):
            due_day = day_of(due) if due else None
            entry = FollowUp(day_of(day), MatterStatus(status), owner, cause, plan, due_day, words, by, at)
            log.setdefault(matter_id, []).append(entry)
        rows = self._all(f"{_MATTER}WHERE m.ledger_id = ? ORDER BY m.number", self._ledger_id(ledger))
        return [_matter(row, tuple(log.get(row[0], ()))) for row in rows]

    def old_matter(self, ledger: str, number: str) -> OldMatter:
        """One by its number, 旧-0001 or 1; raises HandoverError."""
        wanted = number.strip()
        if wanted.isascii() and wanted.isdigit():
            wanted = matter_number(int(wanted))
        for one in self.old_matters(ledger):
            if one.number == wanted:
                return one
        raise HandoverError(f"旧账清单里没有“{number}”", "请写成 旧-0001 的样子，并核对是哪本账。")

    def _handover(self, row: Record) -> Handover:
        handover_id, year, number, ledger, day, post, giver, taker, supervisor, its_post, note, by, at = row
        steps = self._all(
            'SELECT step, day, words, "by", at, digest, document FROM handover_step WHERE handover_id = ? ORDER BY seq',
            handover_id,
        )
        signatures = self._all(
            'SELECT place, name, day, "by", at, digest FROM handover_signature WHERE handover_id = ? ORDER BY at, place',
            handover_id,
        )
        return Handover(
            handover_id,
            handover_number(year, number),
            ledger,
            day_of(day),
            Parties(post, giver, taker, supervisor, its_post),
            note,
            by,
            at,
            tuple(
                HandoverStepDone(
                    HandoverStep(step), day_of(on), words, by_, at_, bytes(digest or b""), document
                )
                for step, on, words, by_, at_, digest, document in steps
            ),
            tuple(
                Signature(Place(place), name, day_of(on), by_, at_, bytes(digest))
                for place, name, on, by_, at_, digest in signatures
            ),
        )


def handover_number(year: int, number: int) -> str:
    """How people name a handover."""
    return f"交-{year}-{number:02d}"


def matter_number(number: int) -> str:
    """How people name an old matter."""
    return f"旧-{number:04d}"


def _matter(row: Record, log: tuple[FollowUp, ...]) -> OldMatter:
    matter_id, number, ledger, term, side, account, party, project, name, balance, age, by, at = row
    first: date = day_of(term)
    return OldMatter(
        matter_id,
        matter_number(number),
        ledger,
        first,
        Side(side),
        account,
        party,
        project,
        name,
        balance,
        age,
        by,
        at,
        log,
    )
