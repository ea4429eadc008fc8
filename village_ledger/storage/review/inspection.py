"""Looking over what was sent: keys and packages are those the operation log tells of, each package follows the one before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from village_ledger.domain.chain import GENESIS
from village_ledger.domain.finding import Finding
from village_ledger.domain.package import fingerprint
from village_ledger.storage.queries import Queries

RULE = "V83"
KEY_MADE = "启用签名密钥"
PACKAGE_MADE = "送出送审包"
REMARKS_IN = "收审阅意见"
ANSWERED = "答复审阅意见"
SECOND_REVIEW = "补审凭证"
"""Actions of the operation log."""


def subject_of(seq: int, digest: bytes) -> str:
    """By which the operation log knows a package."""
    return f"第{seq}包 {digest.hex()}"


def second_review_detail(verdict: str, reviewer: str, at: str, reason: str) -> str:
    """What the operation log says of a second review."""
    word = "通过" if verdict == "pass" else "退回"
    return f"{word}，{reviewer} {at[:10]}{reason and f'，{reason}'}"


class ReviewInspection(Queries):
    """Findings about signing keys and packages (V83)."""

    def findings(self) -> Iterator[Finding]:
        """No key and no package was added, changed or taken away beside the log."""
        reader = self._book.reader()
        keys = {fingerprint(bytes(key.public)): key for key in reader.village_keys()}
        if reader.packed() is None:  # keys stay in the village
            yield from self._same(KEY_MADE, list(keys), "签名密钥")
        sent = reader.sent_packages()
        yield from self._same(
            PACKAGE_MADE, [subject_of(one.seq, bytes(one.digest)) for one in sent], "送审包"
        )
        previous = GENESIS
        for place, one in enumerate(sent, 1):
            if one.seq != place or bytes(one.previous) != previous:
                yield Finding(RULE, f"送审包第{one.seq}包", "不接着上一个送审包")
            previous = bytes(one.digest)

        yield from self._same(
            REMARKS_IN, [bytes(one.digest).hex() for one in reader.taken_remarks()], "审阅意见"
        )
        yield from self._bodies()
        yield from self._answers()
        yield from self._second_reviews()

    def _bodies(self) -> Iterator[Finding]:
        """A file taken in is word for word the one that came."""
        for one in self._book.reader().taken_remarks():
            if sha256(one.body.encode()).digest() != bytes(one.digest):
                yield Finding(RULE, f"第 {one.id} 份审阅意见", "和收到时不一样")

    def _answers(self) -> Iterator[Finding]:
        yield from self._records(
            "答复",
            ANSWERED,
            "SELECT file_id || '-' || number, text, answered_by, answered_at FROM remark_answer ORDER BY id",
        )

    def _second_reviews(self) -> Iterator[Finding]:
        yield from self._records(
            "补审",
            SECOND_REVIEW,
            "SELECT v.month || '/' || v.word || '-' || printf('%04d', v.number), "
            "CASE s.verdict WHEN 'pass' THEN '通过' ELSE '退回' END || '，' || s.reviewer || ' ' || substr(s.reviewed_at, 1, 10) "
            "|| CASE s.reason WHEN '' THEN '' ELSE '，' || s.reason END, f.taken_by, f.taken_at "
            "FROM second_review s JOIN voucher v ON v.id = s.voucher_id JOIN remarks_file f ON f.id = s.file_id ORDER BY s.id",
        )

    def _records(self, what: str, action: str, written: str) -> Iterator[Finding]:
        """Every record has its operation and every operation its record."""
        kept = Counter(map(tuple, self._all(written)))
        logged = Counter(
            map(tuple, self._all('SELECT subject, detail, "by", at FROM operation WHERE action = ?', action))
        )
        for subject, *_ in (kept - logged).elements():
            yield Finding(RULE, f"{what} {subject}", "操作日志里没有，或和日志不同")
        for subject, *_ in (logged - kept).elements():
            yield Finding(RULE, f"{what} {subject}", "操作日志里有，账簿里没有了")

    def _same(self, action: str, kept: list[str], what: str) -> Iterator[Finding]:
        logged = [
            subject
            for (subject,) in self._all("SELECT subject FROM operation WHERE action = ? ORDER BY seq", action)
        ]
        for one in kept:
            if one not in logged:
                yield Finding(RULE, f"{what} {one[:40]}", "操作日志里没有")
        for one in logged:
            if one not in kept:
                yield Finding(RULE, f"{what} {one[:40]}", "操作日志里有，账簿里没有了")
