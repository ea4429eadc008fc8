"""A dividend worked out anew from the share register of its record date (I15), for whoever proves the book."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.finding import Finding
from village_ledger.domain.money import format_fen
from village_ledger.services.dividends.dividends import shared_of
from village_ledger.storage.reader import Reader


def recomputed(reader: Reader, ledger: str, until: date = date.max) -> Iterator[Finding]:
    """V67: a dividend that stands, worked out anew from the share register of its record date, gives the same lines.

    Those given after ``until`` are not looked at.
    """
    for dividend in reader.dividends(ledger):
        if not dividend.live or dividend.day > until:
            continue
        record = f"{dividend.year}年度分红（{dividend.day}）"
        try:
            anew = {x.part.account_id: x.amount for x in shared_of(reader, dividend).portions}
        except (LedgerError, KeyError):
            yield Finding("V67", record, "登记日的份额算不出来", ledger)
            continue
        for line in reader.dividend_lines(dividend.id):
            fen = anew.pop(line.account_id, 0)
            if fen != line.amount:
                where = f"{record} {line.key}"
                said = "和登记日的份额算出来的不同"
                yield Finding("V67", where, said, ledger, format_fen(fen), format_fen(line.amount))
        if any(anew.values()):
            yield Finding("V67", record, f"明细里少了 {len(anew)} 个账户", ledger)
