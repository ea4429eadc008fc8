"""报账: a 报账员 hands in receipts; the accountant makes vouchers of them or gives them back."""

from __future__ import annotations

from datetime import date

from village_ledger.domain.chart import Dimension, Money
from village_ledger.domain.claim import Claim, ClaimState, Settle
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import ClaimError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import NAME_LIMIT, StoredVoucher, check_against_chart, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.check_item import CheckItem, Lead, Leads, Verdict
from village_ledger.services.duties import require
from village_ledger.services.entry import invoices, vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.claims.queries import StoredClaim
from village_ledger.storage.claims.register import ClaimsRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork


def register_claimant(uow: UnitOfWork, ledger: str, name: str, account: str) -> Outcome[int]:
    """Register a 报账员 with the leaf of the advance, or change that leaf; the claimant is the leaf's counterparty.

    Raises ClaimError for an account that holds no money owed by people, ChartError for one that is no usable leaf.
    """
    require(uow, Duty.ACCOUNTS, ledger)
    name = check_text(name, "姓名", NAME_LIMIT)
    if not name:
        raise ClaimError("还没有写报账员的姓名", "请填上。")
    leaf = uow.reader.chart(ledger).usable_leaf(account)
    if Dimension.COUNTERPARTY not in leaf.demands:
        raise ClaimError(
            f"{leaf.code} {leaf.name} 不按往来单位核算，不能放备用金",
            "请选应收、内部往来或备用金一类的科目。",
        )
    register = ClaimsRegister(uow)
    known = next((one for one in uow.reader.claimants(ledger) if one.name == name), None)
    if known is None:
        claimant_id = register.add_claimant(ledger, name, leaf.code)
    else:
        claimant_id = known.id
        register.set_claimant(known.id, leaf.code, gone=False)
    uow.log.add("登记报账员", ledger=ledger, subject=name, detail=f"备用金记在 {leaf.code} {leaf.name}")
    return Outcome(claimant_id, Changes(claims=True, ledger=ledger))


def dismiss_claimant(uow: UnitOfWork, ledger: str, name: str) -> Outcome[None]:
    """Somebody hands in no more claims; raises ClaimError while the advance is not given back."""
    require(uow, Duty.ACCOUNTS, ledger)
    claimant = uow.reader.claimant(ledger, name)
    owed = advance_balance(uow.reader, ledger, name, uow.reader.months(ledger)[-1].month)
    if owed:
        raise ClaimError(f"{name} 的备用金还有 {format_fen(owed)} 没有结清", "请先报账或交回。")
    ClaimsRegister(uow).set_claimant(claimant.id, claimant.account, gone=True)
    uow.log.add("停用报账员", ledger=ledger, subject=name)
    return Outcome(None, Changes(claims=True, ledger=ledger))


def paying_account(reader: Reader, ledger: str, claimant: str, settle: Settle, asked: str = "") -> str:
    """The leaf a claim is paid from: the advance's, or the one asked for, or the only one there is of that money.

    Raises ClaimError when there are several and none was named, or the one named is of another kind.
    """
    if settle is Settle.ADVANCE:
        return reader.claimant(ledger, claimant).account
    kind = Money.BANK if settle is Settle.BANK else Money.CASH
    leaves = [a for a in reader.chart(ledger) if a.is_leaf and a.active and a.money is kind]
    if asked:
        found = next((a for a in leaves if a.code == asked), None)
        if found is None:
            raise ClaimError(f"{asked} 不是本账的{kind.value}科目", "请换一个付款科目。")
        return found.code
    if len(leaves) != 1:
        names = "、".join(f"{a.code} {a.name}" for a in leaves) or "没有"
        raise ClaimError(f"没有说从哪个{kind.value}科目付", f"可以是：{names}。")
    return leaves[0].code


def submit(uow: UnitOfWork, ledger: str, claim: Claim, rewriting: int | None = None) -> Outcome[StoredClaim]:
    """Take a claim in, or change one that no voucher was made from yet.

    Raises ClaimError for a claimant unknown or gone, a claim already booked; ChartError for an account that is no leaf;
    VoucherError for an invoice that is booked or stands there twice.
    """
    vouchers.named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    claimant = uow.reader.claimant(ledger, claim.claimant)
    if claimant.gone:
        raise ClaimError(f"{claimant.name} 已经不是报账员", "请重新登记，或换人报账。")
    chart = uow.reader.chart(ledger)
    chart.usable_leaf(claim.pays)
    for line in claim.lines:
        if line.account:
            chart.usable_leaf(line.account)
    numbers = invoices.numbers_in(" ".join(line.invoice for line in claim.lines if line.invoice))
    invoices.ensure_free(uow.reader, numbers)
    for number in numbers:
        other = uow.reader.claim_with_invoice(number, rewriting)
        if other:
            raise ClaimError(f"票据号 {number} 已经在 {other} 上报过", "同一张票只能报一次账。")
    register = ClaimsRegister(uow)
    if rewriting is None:
        claim_id, action = register.submit(ledger, claimant.id, claim), "收到报账单"
    else:
        claim_id, action = rewriting, "修改报账单"
        _ensure_waiting(uow.reader.claim(claim_id))
        register.rewrite(claim_id, claimant.id, claim)
    stored = uow.reader.claim(claim_id)
    detail = (
        f"{claim.claimant}，{len(claim.lines)} 张单据，{format_fen(claim.total)} 元，{claim.settle.words}"
    )
    uow.log.add(action, ledger=ledger, subject=stored.number, detail=detail)
    return Outcome(stored, Changes(claims=True, ledger=ledger))


def give_back(uow: UnitOfWork, claim_id: int, reason: str) -> Outcome[StoredClaim]:
    """Return a claim with a reason; raises ClaimError when vouchers were made from it."""
    vouchers.named(uow.by)
    stored = uow.reader.claim(claim_id)
    require(uow, Duty.PREPARE, stored.ledger)
    _ensure_waiting(stored)
    reason = vouchers.given(reason, f"退回 {stored.number} ", "为什么退回")
    ClaimsRegister(uow).give_back(claim_id, reason)
    uow.log.add("退回报账单", ledger=stored.ledger, subject=stored.number, detail=reason)
    return Outcome(uow.reader.claim(claim_id), Changes(claims=True, ledger=stored.ledger))


def book(uow: UnitOfWork, claim_id: int) -> Outcome[list[StoredVoucher]]:
    """Make the vouchers of a claim, one for each set of people who signed; they wait for review like any other.

    Parts that a standing voucher was made from are left alone, so that a second run makes nothing twice. Raises ClaimError
    for a receipt without an account or a claim that was returned, PeriodError for a closed month.
    """
    stored = uow.reader.claim(claim_id)
    require(uow, Duty.PREPARE, stored.ledger)
    if stored.state is ClaimState.RETURNED:
        raise ClaimError(f"{stored.number} 已经退回", "请报账员改好再交来。")
    done = {part for part, _, _ in stored.vouchers}
    register, chart = ClaimsRegister(uow), uow.reader.chart(stored.ledger)
    made: list[StoredVoucher] = []
    warnings: list[str] = []
    changes = Changes(claims=True, ledger=stored.ledger)
    for part, lines in enumerate(stored.claim.parts(), 1):
        if part in done:
            continue
        voucher = stored.claim.voucher(lines, stored.claim.day)
        check_against_chart(voucher, chart)
        outcome = vouchers.store(uow, stored.ledger, voucher, "报账制单")
        register.link(claim_id, part, outcome.value.id)
        invoices.book(uow, outcome.value, " ".join(line.invoice for line in lines if line.invoice))
        made.append(outcome.value)
        warnings += outcome.warnings
        changes |= outcome.changes
    if not made:
        raise ClaimError(f"{stored.number} 已经记成 {stored.vouchers[0][2]}", "不用再记；要改请改那张凭证。")
    return Outcome(made, changes, tuple(warnings))


def advance_balance(reader: Reader, ledger: str, name: str, month: Month) -> int:
    """What a claimant holds of the village's money at a month's end by the books, fen."""
    claimant = reader.claimant(ledger, name)
    after = month.next().first
    return reader.party_balance_before(ledger, claimant.account, name, after)


def check_for_close(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """K12, K27, K28: claims that no voucher was made from, advances nobody has reconciled, receipts that are missing."""
    if not reader.claimants(ledger) and not reader.receipt_books(ledger):
        return []
    waiting = reader.claims_waiting(ledger, month.last.isoformat())
    checked = {check.claimant for check in reader.advance_checks(ledger, str(month))}
    open_ = [
        one.name
        for one in reader.claimants(ledger)
        if one.name not in checked and advance_balance(reader, ledger, one.name, month)
    ]
    gaps = gap_words(reader, ledger, month.last)
    return [
        _item("K12", f"有 {len(waiting)} 张报账单没有记账。", "报账单都已记账或退回。", waiting, "claims"),
        _item(
            "K27", f"有 {len(open_)} 个报账员的备用金本月没有核对。", "备用金都已核对。", open_, "advances"
        ),
        _item("K28", f"收据有 {len(gaps)} 处断号。", "收据没有断号。", gaps, "receipt_books"),
    ]


def gap_words(reader: Reader, ledger: str, until: date = date.max) -> list[str]:
    """Numbers still missing that were passed over by a day, each with its book and holder."""
    from village_ledger.domain.receipt_book import holdings

    found: list[str] = []
    for book in reader.receipt_books(ledger):
        by_then = holdings(event for event in book.events if event.day <= until)
        passed = {holding.holder: holding.highest for holding in by_then}
        found += [
            f"{book.kind} {gap.words(book.width)}（{holding.holder}）"
            for holding in holdings(book.events)
            for gap in holding.gaps_below(passed.get(holding.holder, 0))
        ]
    return found


def _item(rule: str, bad: str, good: str, evidence: list[str], page: str) -> CheckItem:
    if evidence:
        leads = tuple(Lead(Leads.PAGE, page) for _ in evidence)
        return CheckItem(rule, Verdict.WARN, bad, tuple(evidence), leads)
    return CheckItem(rule, Verdict.PASS, good)


def _ensure_waiting(stored: StoredClaim) -> None:
    if stored.state is ClaimState.BOOKED:
        raise ClaimError(
            f"{stored.number} 已经记成 {stored.vouchers[0][2]}", "要改请先把那张凭证作废或删除。"
        )
