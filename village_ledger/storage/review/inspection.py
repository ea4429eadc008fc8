"""Looking over what was sent: keys and packages are those the operation log tells of, each package follows the one before."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.chain import GENESIS
from village_ledger.domain.finding import Finding
from village_ledger.domain.package import fingerprint
from village_ledger.storage.queries import Queries

RULE = "V83"
KEY_MADE = "启用签名密钥"
PACKAGE_MADE = "送出送审包"
"""Actions of the operation log."""


def subject_of(seq: int, digest: bytes) -> str:
    """By which the operation log knows a package."""
    return f"第{seq}包 {digest.hex()}"


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
