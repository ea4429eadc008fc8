"""Whatever split is accepted: every old balance is whole, both openings balance, they add up to the old book."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.separation import OldLine, Owner, Part, SplitLine, document_digest, prove
from village_ledger.domain.separation_openings import Parties, opening_entries
from village_ledger.domain.separation_rules import Mirror

MIRROR = Mirror("112", "211", "1122", "2202")
PARTIES = Parties("合作社", "村委会")
DECIDED = [Owner.COLLECTIVE, Owner.COMMITTEE, Owner.TRUST]


@st.composite
def old_books(draw):
    """Balances that balance, red figures too."""
    amounts = draw(st.lists(st.integers(-(10**9), 10**9).filter(bool), min_size=1, max_size=12))
    lines = [
        OldLine(row, f"1{row:02d}", f"科目{row}", debit=x if row % 2 else 0, credit=0 if row % 2 else x)
        for row, x in enumerate(amounts, 1)
    ]
    gap = sum(x.debit - x.credit for x in lines)
    if gap:
        lines.append(OldLine(len(lines) + 1, "301", "资本", credit=gap))
    return lines


@st.composite
def splits(draw, owners=DECIDED):
    found = []
    for line in draw(old_books()):
        cut = draw(st.integers(0, abs(line.amount)))
        sign = 1 if line.amount > 0 else -1
        amounts = [x for x in (sign * cut, line.amount - sign * cut) if x]
        parts = tuple(Part(draw(st.sampled_from(owners)), x, line.code) for x in amounts)
        found.append(SplitLine(line, parts))
    return found


@given(splits())
def test_an_accepted_split_conserves_every_line_and_balances_both_sides(lines):
    proof = prove(lines)
    assert proof.holds, proof.faults
    for one in lines:
        assert one.given_to(LedgerKind.COLLECTIVE) + one.given_to(LedgerKind.COMMITTEE) == one.line.amount
    for ledger in LedgerKind:
        assert proof.side(ledger).is_even
    ours, theirs = proof.side(LedgerKind.COLLECTIVE), proof.side(LedgerKind.COMMITTEE)
    assert ours.debit + theirs.debit - abs(proof.mirror) == proof.old.debit


@given(splits())
def test_what_is_entered_is_what_was_proven(lines):
    proof = prove(lines)
    for ledger in LedgerKind:
        entries = opening_entries(lines, ledger, proof.mirror, MIRROR, PARTIES)
        net = {e.place.account: 0 for e in entries}
        for e in entries:
            assert not (e.debit and e.credit)
            net[e.place.account] += e.debit - e.credit
        assert sum(net.values()) == 0
        mirror = sum(net.get(code, 0) for code in ("112", "211", "1122", "2202"))
        sign = -1 if ledger is LedgerKind.COLLECTIVE else 1
        given = sum(
            (one.given_to(ledger) if one.line.is_debit else -one.given_to(ledger))
            for one in lines
            if one.line.code in {"112", "211"}
        )
        assert mirror == sign * proof.mirror + given


@given(splits([*DECIDED, Owner.UNDECIDED]))
def test_nothing_undecided_is_ever_accepted(lines):
    undecided = [one for one in lines if not one.is_decided]
    assert prove(lines).holds is not bool(undecided)


@given(splits(), st.integers(1, 10**6))
def test_a_fen_too_many_is_never_accepted(lines, fen):
    first = lines[0]
    parts = (*first.parts[:-1], Part(first.parts[-1].owner, first.parts[-1].amount + fen, "101"))
    assert not prove([SplitLine(first.line, parts), *lines[1:]]).holds


def test_an_old_book_that_does_not_balance_cannot_be_split():
    line = OldLine(4, "101", "库存现金", debit=5)
    proof = prove([SplitLine(line, (Part(Owner.COLLECTIVE, 5, "101"),))])
    assert proof.faults == ("旧账不平：借方合计 0.05，贷方合计 0.00，相差 0.05。",)


def test_the_digest_follows_owners_amounts_and_reasons():
    line = OldLine(4, "101", "库存现金", debit=5)
    digests = {
        document_digest([SplitLine(line, (part,))])
        for part in (
            Part(Owner.COLLECTIVE, 5, "101"),
            Part(Owner.COMMITTEE, 5, "101"),
            Part(Owner.COLLECTIVE, 5, "101", reason="议定"),
            Part(Owner.COLLECTIVE, 5, "102"),
        )
    }
    assert len(digests) == 4
