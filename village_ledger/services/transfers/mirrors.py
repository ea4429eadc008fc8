"""What the two ledgers say of each other: mirror balances, and subsidies paid against subsidies received (X13)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from village_ledger.domain.chart import Chart, LedgerKind
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, Span
from village_ledger.services.check_item import CheckItem, Lead, Leads, Verdict, closing_rules
from village_ledger.services.transfers.transfers import MIRROR, rules
from village_ledger.storage.reader import Reader
from village_ledger.storage.records import LedgerInfo

SUBSIDY = "补助村"
"""Begins the name of a sub-account of 513 or 514 in which the collective's subsidies stand."""
SUBSIDY_HEADS = ("513", "514")
RECEIVED = {"committee_surplus": "4501", "committee_collective": "503"}
"""Where each committee chart keeps what it received from the collective."""


class Mirror(NamedTuple):
    """Two balances that must be one, fen, with the accounts they stand in."""

    words: str
    mine: str
    here: int
    theirs: str
    there: int

    @property
    def agrees(self) -> bool:
        """Whether both ledgers say the same."""
        return self.here == self.there


def mirrors(reader: Reader, after: date) -> list[Mirror]:
    """Both mirrors before a day; nothing in a book of one ledger (合账)."""
    village = reader.main_ledgers()
    if village is None:
        return []
    collective, committee = village
    mapped = reader.setting(MIRROR)
    if mapped:
        return [_netted(reader, collective, committee, mapped, after)]
    found: list[Mirror] = []
    for words, mine, theirs, sign in (
        ("集体应收村委会款和村委会应付集体款", "receivable", "payable", 1),
        ("集体应付村委会款和村委会应收集体款", "payable", "receivable", -1),
    ):
        ours = rules().mirror(collective.chart_id, mine)
        other = rules().mirror(committee.chart_id, theirs)
        here = reader.party_balance_before(collective.code, ours, committee.entity, after)
        there = _committees(reader, committee, other, collective.entity, after)
        found.append(Mirror(words, ours, sign * here, other, -sign * there))
    return found


def _netted(reader: Reader, collective: LedgerInfo, committee: LedgerInfo, code: str, after: date) -> Mirror:
    """Where the committee stands in 内部往来, both mirrors are one account."""
    here = reader.party_balance_before(collective.code, code, committee.entity, after)
    accounts = [rules().mirror(committee.chart_id, role) for role in ("payable", "receivable")]
    there = sum(_committees(reader, committee, x, collective.entity, after) for x in accounts)
    return Mirror("集体和村委会的往来", code, here, "、".join(accounts), -there)


def _committees(reader: Reader, committee: LedgerInfo, code: str, entity: str, after: date) -> int:
    """The committee's balance with the collective: the whole account where it is kept for that alone."""
    chart = reader.chart(committee.code)
    if committee.chart_id == "committee_surplus":
        return reader.balance_before(committee.code, _leaves(chart, code), after)
    return reader.party_balance_before(committee.code, code, entity, after)


class Between(NamedTuple):
    """What an account between the two ledgers tells by its sides: kinds of passing, empty for none."""

    debit: str
    credit: str
    by_party: bool
    """Whether only lines naming the other entity count; else the whole account is about it."""


def between_accounts(reader: Reader, info: LedgerInfo) -> dict[str, Between]:
    """Accounts of one of the village's two ledgers that tell of the other, by code or its beginning."""
    chart, chart_id = reader.chart(info.code), info.chart_id
    if info.kind is LedgerKind.COLLECTIVE:
        found = {code: Between("subsidy", "", by_party=False) for code in _paying(chart)}
        mapped = reader.setting(MIRROR)
        if mapped:
            return {**found, mapped: Between("lent", "repaid", by_party=True)}
        return {
            **found,
            rules().mirror(chart_id, "receivable"): Between("lent", "repaid", by_party=True),
            rules().mirror(chart_id, "payable"): Between("passed", "held", by_party=True),
        }
    named = chart_id != "committee_surplus"
    return {
        **{code: Between("", "subsidy", by_party=False) for code in _received(chart, chart_id)},
        rules().mirror(chart_id, "payable"): Between("repaid", "lent", by_party=named),
        rules().mirror(chart_id, "receivable"): Between("held", "passed", by_party=named),
    }


def _paying(chart: Chart) -> list[str]:
    """The collective's leaves of subsidies paid over."""
    return [
        a.code for a in chart if a.is_leaf and a.code.startswith(SUBSIDY_HEADS) and a.name.startswith(SUBSIDY)
    ]


class Subsidies(NamedTuple):
    """What the collective paid over as subsidy in a year so far, and what the committee booked as received (fen)."""

    paid: int
    received: int


def subsidies(reader: Reader, year: int, last: date) -> Subsidies | None:
    """Both sides of T1 and T2 from 1 January to a day; None where there is no committee ledger or no such account."""
    village = reader.main_ledgers()
    if village is None:
        return None
    collective, committee = village
    first = date(year, 1, 1)
    span = Span(first, last)
    paying = _paying(reader.chart(collective.code))
    received = _received(reader.chart(committee.code), committee.chart_id)
    # the carry-forward of 31 December empties both sides again and takes no part
    paid = sum(net for code, net in reader.nets(collective.code, span).items() if code in paying)
    got = -sum(net for code, net in reader.nets(committee.code, span).items() if code in received)
    return Subsidies(
        paid + reader.subsidies(collective.code, paying, first, last),
        got + reader.subsidies(committee.code, received, first, last),
    )


def _received(chart: Chart, chart_id: str) -> list[str]:
    head = RECEIVED[chart_id]
    if chart_id == "committee_surplus":
        return _leaves(chart, head)
    return [code for code in _leaves(chart, head) if chart.get(code).name == "集体经济组织补助"]


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """K7, the mirrors, which must agree; K11, subsidies paid and received, which should."""
    del ledger  # both are looked at, whichever closes
    items: list[CheckItem] = []
    for mirror in mirrors(reader, month.last + timedelta(days=1)):
        if mirror.agrees:
            items.append(
                CheckItem("K7", Verdict.PASS, f"{mirror.words}一致，都是 {format_fen(mirror.here)}。")
            )
            continue
        evidence = (
            f"集体账 {mirror.mine}：{format_fen(mirror.here)}",
            f"村委会账 {mirror.theirs}：{format_fen(mirror.there)}",
        )
        leads = (
            Lead(Leads.ACCOUNT, mirror.mine, LedgerKind.COLLECTIVE.value),
            Lead(Leads.ACCOUNT, mirror.theirs, LedgerKind.COMMITTEE.value),
        )
        items.append(CheckItem("K7", Verdict.FAIL, f"{mirror.words}不一致。", evidence, leads))
    sums = subsidies(reader, month.year, month.last)
    if sums is None or sums == (0, 0):
        return items
    if sums.paid == sums.received:
        text = f"集体补助村委会的和村委会收到的一致，本年都是 {format_fen(sums.paid)}（X13）。"
        return [*items, CheckItem("K11", Verdict.PASS, text)]
    evidence = (
        f"集体账 513、514 补助村委会：{format_fen(sums.paid)}",
        f"村委会账收到集体补助：{format_fen(sums.received)}",
    )
    verdict = Verdict(closing_rules()["verdicts"]["K11"])
    return [*items, CheckItem("K11", verdict, "集体补助村委会的和村委会收到的不一致（X13）。", evidence)]


def _leaves(chart: Chart, prefix: str) -> list[str]:
    return [a.code for a in chart if a.is_leaf and a.code.startswith(prefix)]
