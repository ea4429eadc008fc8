"""Resolutions (决议): who decided what, when, with how many votes. Entered once; documents and later events name them."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from typing import Any

from village_ledger.domain import voting
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import VoucherError
from village_ledger.domain.voting import Vote, VoteRule
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text
from village_ledger.resources_dir import resource
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.storage.interledger.records import Resolution
from village_ledger.storage.interledger.register import InterLedgerRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork

ENTERED = "登记决议"
CHARTER = "resolutions.charter"
"""Setting of the book: the clause of the charter that lets a short vote carry, empty for the law's shares."""


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(resource("rules", "resolutions.toml").read_text(encoding="utf-8"))


def bodies() -> dict[str, dict[str, Any]]:
    """Bodies that decide, by their id: name, quorum and majority as they hold now (rules/resolutions.toml)."""
    found: dict[str, dict[str, Any]] = {}
    for body in _data()["body"]:
        found.setdefault(body["id"], body)
    return found


def _rule_on(body: str, day: date) -> dict[str, Any]:
    """What a body's vote had to reach on a day; the file names the newest rule of a body first."""
    rules = [one for one in _data()["body"] if one["id"] == body]
    return next((one for one in rules if one.get("effective", date.min) <= day), rules[-1])


def enter(
    uow: UnitOfWork,
    number: str,
    day: date,
    body: str,
    votes: tuple[int, int, int],
    subject: str,
    published: date | None = None,
) -> Outcome[Resolution]:
    """Enter a resolution; ``votes`` are those entitled, present and in favour.

    Raises VoucherError for a number that is taken or a vote that cannot be. A vote short of what the law asks is taken in
    and said in the warnings.
    """
    named(uow.by)
    require(uow, Duty.PREPARE)
    number = check_text(number, "决议文号", NAME_LIMIT)
    subject = check_text(subject, "决议事项", SUMMARY_LIMIT)
    if not number or not subject:
        raise VoucherError("决议要有文号和事项", "请补上文号和决定了什么事。")
    if any(r.number == number for r in uow.reader.resolutions()):
        raise VoucherError(
            f"决议 {number} 已经登记过", "请核对文号；登记过的决议不能改，写错了请用新的文号再登记。"
        )
    if body not in bodies():
        raise VoucherError(f"没有“{body}”这种会议", f"可以是：{'、'.join(bodies())}。")
    _ensure_possible(*votes)
    if published is not None and published > day:
        raise VoucherError(f"公示起日 {published} 晚于表决日 {day}", "公示在表决之前，请核对日期。")
    InterLedgerRegister(uow).add_resolution(
        (number, day.isoformat(), body, *votes, published.isoformat() if published else "", subject)
    )
    uow.log.add(ENTERED, subject=number, detail=f"{bodies()[body]['name']}，{vote_words(votes, subject)}")
    made = uow.reader.resolution(number)
    return Outcome(made, Changes(settings=True), tuple(shortfalls(made)))


def vote_words(votes: tuple[int, int, int], subject: str) -> str:
    """A vote and what it was about as the operation log says it; ``verify`` holds the table to it (V87)."""
    eligible, present, in_favour = votes
    return f"应到 {eligible}，实到 {present}，赞成 {in_favour}：{subject}"


def _ensure_possible(eligible: int, present: int, in_favour: int) -> None:
    if eligible <= 0:
        raise VoucherError("应到人数要大于零", "请核对表决人数。")
    if not 0 <= present <= eligible:
        raise VoucherError(f"实到 {present} 人，应到只有 {eligible} 人", "请核对表决人数。")
    if not 0 <= in_favour <= present:
        raise VoucherError(f"赞成 {in_favour} 人，实到只有 {present} 人", "请核对表决人数。")


def shortfalls(resolution: Resolution) -> list[str]:
    """Sentences where a vote falls short of the quorum or majority of its day."""
    rule = _rule_on(resolution.body, resolution.day)
    vote = Vote(resolution.eligible, resolution.present, resolution.in_favour)
    return voting.shortfalls(VoteRule.read(rule), rule["name"], vote)


def ensure_carried(reader: Reader, resolution: Resolution) -> list[str]:
    """Nothing for a vote that carried; raises VoucherError for a short one unless the village's charter says otherwise.

    Then the shortfall is only said, with the charter's clause. The shipped rule (``short_votes``) may say so as well.
    """
    short = shortfalls(resolution)
    if not short:
        return []
    clause = reader.setting(CHARTER)
    words = "".join(short)
    if clause:
        return [f"决议 {resolution.number}：{words}依章程办理：{clause}。"]
    if _data()["short_votes"] == "warn":
        return [f"决议 {resolution.number}：{words}"]
    raise VoucherError(
        f"决议 {resolution.number} 没有通过：{words.rstrip('。')}",
        "请重新表决，用新的文号登记；章程另有规定的，请先在“设置—两账往来”写明是哪一条。",
    )


def set_charter(uow: UnitOfWork, clause: str) -> Outcome[str]:
    """Write which clause of the charter lets a vote below the law's share carry; empty takes it back."""
    named(uow.by)
    require(uow, Duty.SETTINGS)
    clause = check_text(clause, "章程条款", SUMMARY_LIMIT).rstrip("。")
    uow.settings.set(CHARTER, clause)
    uow.log.add("修改设置", subject="章程对表决的规定", detail=clause or "照法定比例")
    return Outcome(clause, Changes(settings=True))
