"""Attachments kept by digest, and the electronic invoices among them: proof."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from village_ledger.domain.attachment import INBOX, Attachment, Condition, seal
from village_ledger.domain.electronic_invoice import ElectronicInvoice, from_body
from village_ledger.domain.finding import Finding
from village_ledger.storage.queries import Queries

RULE = "V76"
ADDED, MOVED, TAKEN_BACK = "收附件", "挂附件", "撤附件"
READ = "读电子发票"
"""Actions of the operation log, each about ``附件 <id>``."""
FILE, BESIDE = "附件文件", "账簿旁的附件"
"""How findings about bytes begin: those in the book, those beside it; the rows may be in order all the same."""


def sealed(kept: Attachment) -> str:
    """Digest over what an attachment says of itself, as the operation log has it."""
    return seal(
        (
            kept.title,
            kept.kind,
            kept.digest,
            kept.size,
            kept.sheets,
            kept.original_digest,
            kept.original_size,
            kept.paper_at,
        )
    )


class AttachmentInspection(Queries):
    """Findings about 附件 (V76)."""

    def findings(self) -> Iterator[Finding]:
        """Every attachment is as the operation log has it, and its bytes are those it came with."""
        yield from self._rows()
        yield from self._invoices()
        yield from self._bytes()

    def _rows(self) -> Iterator[Finding]:
        said: dict[str, list[tuple[str, str, str, str]]] = {}
        for action, subject, detail, by, at in self._all(
            'SELECT action, subject, detail, "by", at FROM operation WHERE action IN (?, ?, ?) ORDER BY seq',
            ADDED,
            MOVED,
            TAKEN_BACK,
        ):
            said.setdefault(subject, []).append((action, detail, by, at))
        for kept in self._book.reader().every_attachment():
            record = f"附件 {kept.id}"
            history = said.pop(record, [])
            added = next((x for x in history if x[0] == ADDED), None)
            if added is None:
                yield Finding(RULE, record, "操作日志里没有收它的记录", kept.owner.ledger, found=kept.title)
                continue
            _, seal_logged = added[1].rsplit(" ", 1)
            if (seal_logged, added[2], added[3]) != (sealed(kept), kept.by, kept.at):
                yield Finding(RULE, record, "和收进来时的记录不符", kept.owner.ledger, found=kept.title)
            yield from self._owner(kept, history)
            reasons = [detail for action, detail, _, _ in history if action == TAKEN_BACK]
            if reasons != ([kept.taken_back] if kept.taken_back else []):
                yield Finding(
                    RULE,
                    record,
                    "撤下的记录和操作日志不符",
                    kept.owner.ledger,
                    "；".join(reasons),
                    kept.taken_back,
                )
        for record in said:
            yield Finding(RULE, record, "附件的记录不见了")

    def _owner(self, kept: Attachment, history: list[tuple[str, str, str, str]]) -> Iterator[Finding]:
        """Where it hangs is where the log last put it; what hung on a voucher that was never posted may wait again."""
        last = [x[1] if x[0] == MOVED else x[1].rsplit(" ", 1)[0] for x in history if x[0] in (ADDED, MOVED)][
            -1
        ]
        if last == str(kept.owner):
            return
        kind, _, key = last.split(":", 2)
        let_go = kept.owner.kind == INBOX and kind == "voucher" and not self._posted(key)
        if not let_go:
            yield Finding(
                RULE, f"附件 {kept.id}", "挂的地方和操作日志不符", kept.owner.ledger, last, str(kept.owner)
            )

    def _posted(self, key: str) -> bool:
        return self._value("SELECT 1 FROM posting WHERE voucher_id = ?", key) is not None

    def _invoices(self) -> Iterator[Finding]:
        """What was read of an electronic invoice is what the log says was read; it is booked at most once."""
        logged: dict[str, str] = dict(
            self._all("SELECT subject, detail FROM operation WHERE action = ? ORDER BY seq", READ)
        )
        for number, body, digest, kept in self._all(
            "SELECT number, body, digest, number || char(31) || kind || char(31) || day || char(31) || seller || char(31) "
            "|| buyer || char(31) || net || char(31) || tax || char(31) || gross || char(31) || original "
            "FROM electronic_invoice ORDER BY id"
        ):
            record = f"电子发票 {number}"
            if logged.get(record) != digest or sha256(body.encode()).hexdigest() != digest:
                yield Finding(RULE, record, "和读进来时不同", "", logged.get(record, ""), digest)
                continue
            if kept != _columns(from_body(body)):
                yield Finding(RULE, record, "各栏和读进来时不同")

    def _bytes(self) -> Iterator[Finding]:
        reader = self._book.reader()
        left_out = (
            Condition.MISSING if reader.packed() is not None else None
        )  # a package may go without its attachments
        for digest, beside, title in self._all(
            "SELECT b.digest, b.content IS NULL, coalesce(min(a.title), '') FROM blob b "
            "LEFT JOIN attachment a ON a.digest = b.digest GROUP BY b.digest ORDER BY min(a.id)"
        ):
            condition = reader.blob_condition(digest)
            if condition not in (Condition.SOUND, left_out):
                where = BESIDE if beside else FILE
                yield Finding(RULE, f"{where} {title or digest[:12]}", condition.words, "", digest)


def is_about_a_file(finding: Finding) -> bool:
    """Whether a finding is only about a file that lies beside the book: rows and money are as they were."""
    return finding.rule == RULE and finding.record.startswith(BESIDE)


def _columns(invoice: ElectronicInvoice) -> str:
    """An invoice's columns in the order of the table."""
    parts = (
        invoice.key,
        invoice.kind.value,
        invoice.day.isoformat(),
        invoice.seller,
        invoice.buyer,
        invoice.net,
        invoice.tax,
        invoice.gross,
        invoice.original,
    )
    return "\x1f".join(map(str, parts))
