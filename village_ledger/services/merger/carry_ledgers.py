"""Charts, openings and last year's figures of the merged ledgers, by the services every book goes through."""

from __future__ import annotations

from collections.abc import Iterable

from village_ledger.domain.chart import Account, Chart, CodeRule, LedgerKind
from village_ledger.domain.imported import ImportedOpening
from village_ledger.domain.merger import Opening, Option
from village_ledger.services.book import accounts, last_year, ledgers, openings
from village_ledger.services.merger.merging import LastYears, Merging
from village_ledger.services.merger.sources import OldBook
from village_ledger.storage.charts import load_preset
from village_ledger.storage.quantity.register import QuantityAccounts
from village_ledger.storage.setup.register import LedgerSpec
from village_ledger.storage.spec import CHART_OF, CommitteeChart

GROUP = "group-"
"""Begins the code of a ledger that goes on apart."""


def chart_of(kind: LedgerKind, preset: CommitteeChart) -> Chart:
    """The chart a new ledger begins with."""
    shipped = load_preset(CHART_OF[kind, preset])
    return Chart(kind, CodeRule.parse(shipped.code_widths), shipped.accounts)


def add_ledgers(merging: Merging) -> None:
    """A ledger of its own for each old one that goes on apart, with its accounts as they are."""
    uow, start = merging.uow, merging.request.start
    for one in merging.books:
        for old in one.source.ledgers:
            code = merging.ledgers.get((one.number, old.code), "")
            if not code or code == old.kind.value:
                continue
            info = one.reader.ledger(old.code)
            title = f"{one.village}{old.title}"
            spec = LedgerSpec(code, old.kind, title, old.entity, info.registration_code, start)
            ledgers.add_with_chart(uow, spec, old.chart_id)
            shipped = {account.code for account in load_preset(old.chart_id).accounts}
            _add_accounts(merging, code, [x for x in old.chart if x.code not in shipped])
            _switch(merging, code, old.chart)


def make_accounts(merging: Merging) -> None:
    """The sub-accounts the merged ledgers need, in the order they hang on each other."""
    for code, placed in merging.plan.charts.items():
        _add_accounts(merging, code, placed.made)
        for one in merging.books:
            ledger = one.source.ledger(LedgerKind(code))
            if ledger is not None:
                _switch(merging, code, ledger.chart)


def _add_accounts(merging: Merging, ledger: str, made: Iterable[Account]) -> None:
    for account in made:
        placed = accounts.add(
            merging.uow,
            ledger,
            account.parent or merging.uow.reader.chart(ledger).rule.parent(account.code),
            account.name,
            code=account.code,
            demands=account.demands,
            unit=account.unit,
        ).value
        if account.quantity_required and not placed.quantity_required:
            accounts.keep_by_quantity(merging.uow, ledger, placed.code, placed.unit, required=True)


def _switch(merging: Merging, ledger: str, old: Chart) -> None:
    """First-level accounts an old ledger used are in use; in one that goes on apart they demand what they did."""
    uow = merging.uow
    apart = ledger not in merging.plan.charts
    for account in uow.reader.chart(ledger):
        before = old.as_mapping().get(account.code)
        if before is None or before.name != account.name:
            continue
        demands = before.demands if apart else account.demands
        active = before.active if apart else account.active or before.active
        if (active, demands) != (account.active, account.demands):
            words = ";".join(sorted(d.value for d in demands))
            uow.accounts.update(ledger, account.code, active=active, demands=words)
            detail = accounts.describe(uow.reader.chart(ledger).get(account.code))
            uow.log.add("修改科目", ledger=ledger, subject=account.code, detail=detail)
        if apart and before.unit and not account.unit and account.is_leaf:
            QuantityAccounts(uow).keep(ledger, account.code, before.unit, required=before.quantity_required)
            detail = accounts.describe(uow.reader.chart(ledger).get(account.code))
            uow.log.add("修改科目", ledger=ledger, subject=account.code, detail=detail)


def enter_openings(merging: Merging) -> None:
    """The opening documents; a quantity that does not go with its balance is left out and named."""
    by_ledger: dict[str, list[Opening]] = {}
    for opening in merging.plan.openings:
        by_ledger.setdefault(opening.ledger, []).append(opening)
    for ledger, found in by_ledger.items():
        rows = [_row(merging, ledger, number, opening) for number, opening in enumerate(found, 1)]
        openings.set_opening(merging.uow, ledger, rows)


def _row(merging: Merging, ledger: str, number: int, x: Opening) -> ImportedOpening:
    debit, credit = max(x.balance, 0), max(-x.balance, 0)
    quantity = x.quantity if x.balance > 0 else -x.quantity
    account = merging.uow.reader.chart(ledger).get(x.account)
    if quantity and (quantity < 0 or not x.balance or not account.unit):
        text = f"{x.account} {account.name} 的数量和金额对不上，期初只带金额，请盘点后补记数量。"
        merging.matter(None, "数量", x.account, text)
        quantity = 0
    return ImportedOpening(
        number, x.account, x.party, x.project, debit, credit, x.year_debit, x.year_credit, quantity
    )


def enter_last_years(merging: Merging, last_years: LastYears) -> None:
    """Last year's columns: of a ledger that goes on apart its own, of a merged one the sum."""
    year = merging.request.start.year - 1
    summed: dict[tuple[str, str], dict[str, int]] = {}
    asked: set[str] = set()
    missing: set[str] = set()
    for one in merging.books:
        for old in one.source.ledgers:
            new = merging.ledger(one, old.code)
            if not new:
                continue
            asked.add(new)
            figures = last_years(one.reader, old.code, year)
            if not figures:
                missing.add(new)
            for report, lines in figures.items():
                total = summed.setdefault((new, report), {})
                for line, amount in lines.items():
                    total[line] = total.get(line, 0) + amount
    for (ledger, report), figures in summed.items():
        if ledger not in missing and figures:
            last_year.enter(merging.uow, ledger, report, figures)
    for ledger in sorted(missing & {new for new, _ in summed}):
        title = merging.uow.reader.ledger(ledger).title
        merging.matter(None, "上年数", title, f"{year} 年的上年数不是每个村都有，请照各村的旧报表补录。")


def places(books: Iterable[OldBook], option: Option) -> dict[tuple[int, str], str]:
    """Which new ledger each old one goes into; a federation takes none."""
    found: dict[tuple[int, str], str] = {}
    number = 0
    for one in books if option is not Option.FEDERATE else ():
        for old in one.source.ledgers:
            main = old.code == old.kind.value
            if option is Option.MERGE and main:
                found[one.number, old.code] = old.kind.value
            else:
                number += 1
                found[one.number, old.code] = f"{GROUP}{number:02d}"
    return found
