"""What must hold of shares even for raw SQL: whole events only, by kind; no bucket below zero on any day; one chain.

Lines and pledges are written first, for the next number; the event itself comes last and is looked at with them.
"""

from __future__ import annotations

from village_ledger.storage.trigger_words import append_only, refuse

_NEXT = "(SELECT coalesce(max(number), 0) + 1 FROM share_event)"
_LINES = "share_line l JOIN share_account a ON a.id = l.account_id WHERE l.event_id = NEW.number"
_MOVING = "('transfer', 'gift', 'inherit', 'redeem')"
_DECIDED = "('grant', 'cancel', 'convert', 'redeem', 'transfer', 'gift', 'inherit', 'pledge', 'foreclose')"

# Per kind: how many lines, their sum, and which buckets they may go out of and into.
_SHAPE = (
    "(SELECT CASE "
    "WHEN NEW.kind IN ('split', 'merge') THEN count(*) = 0 "
    "WHEN NEW.kind = 'grant' THEN count(*) > 0 AND min(l.delta) > 0 AND min(l.bucket = 'free') = 1 "
    "WHEN NEW.kind = 'cancel' THEN count(*) > 0 AND max(l.delta) < 0 AND min(l.bucket = 'free') = 1 "
    f"WHEN NEW.kind IN {_MOVING} THEN count(*) > 1 AND sum(l.delta) = 0 AND sum(l.delta < 0) = 1 AND min(l.bucket = 'free') = 1 "
    "WHEN NEW.kind = 'foreclose' THEN count(*) = 2 AND sum(l.delta) = 0 "
    "AND min(l.bucket = CASE WHEN l.delta < 0 THEN 'pledged' ELSE 'free' END) = 1 AND count(DISTINCT l.account_id) = 2 "
    "WHEN NEW.kind = 'convert' THEN min(l.delta) < 0 AND max(l.delta) > 0 AND min(l.bucket = 'free') = 1 "
    "AND min((l.delta < 0) = (a.class_id = NEW.class_id)) = 1 "
    "WHEN NEW.kind = 'reverse' THEN count(*) = (SELECT count(*) FROM share_line t WHERE t.event_id = NEW.reverses) "
    "AND min(EXISTS (SELECT 1 FROM share_line t WHERE t.event_id = NEW.reverses AND t.account_id = l.account_id "
    "AND t.bucket = l.bucket AND t.delta = -l.delta)) = 1 "
    "ELSE count(*) = 2 AND sum(l.delta) = 0 AND count(DISTINCT l.account_id) = 1 AND min(l.bucket = CASE l.delta < 0 "
    "WHEN 1 THEN CASE NEW.kind WHEN 'release' THEN 'pledged' WHEN 'unfreeze' THEN 'frozen' ELSE 'free' END "
    "ELSE CASE NEW.kind WHEN 'pledge' THEN 'pledged' WHEN 'freeze' THEN 'frozen' ELSE 'free' END END) = 1 "
    f"END FROM {_LINES})"
)
_ALIKE = (
    "(SELECT count(DISTINCT l.account_id || l.bucket || (l.delta < 0)) = count(*) AND coalesce(min(l.day = NEW.day), 1) = 1 "
    "AND (NEW.kind IN ('convert', 'reverse') OR coalesce(min(a.class_id = NEW.class_id), 1) = 1) "
    f"FROM {_LINES})"
)
# The running sum of every bucket the event takes from, in the order of days and numbers, from its day on: what came
# before was looked at when it came. The window is over peers.
_GIVERS = "(SELECT o.account_id FROM share_line o WHERE o.event_id = NEW.number AND o.delta < 0)"
_BELOW_ZERO = (  # what they had before the day comes as one row, however much happened till then
    "EXISTS (SELECT 1 FROM (SELECT sum(x.delta) OVER (PARTITION BY x.account_id, x.bucket ORDER BY x.day, x.event_id) AS held "
    "FROM (SELECT account_id, bucket, '' AS day, 0 AS event_id, sum(delta) AS delta FROM share_line "
    f"WHERE account_id IN {_GIVERS} AND day < NEW.day GROUP BY account_id, bucket "
    "UNION ALL SELECT account_id, bucket, day, event_id, delta FROM share_line "
    f"WHERE account_id IN {_GIVERS} AND day >= NEW.day) x) WHERE held < 0)"
)
_PLEDGED = "(SELECT coalesce(sum(l.delta), 0) FROM share_line l WHERE l.event_id = NEW.number AND l.bucket = 'pledged')"
_PLEDGE = (
    "CASE NEW.kind WHEN 'pledge' THEN (SELECT p.quantity FROM share_pledge p WHERE p.id = NEW.number AND p.account_id = "
    f"(SELECT min(l.account_id) FROM share_line l WHERE l.event_id = NEW.number)) IS NOT {_PLEDGED} "
    f"ELSE EXISTS (SELECT 1 FROM share_pledge WHERE id = NEW.number) OR ({_PLEDGED} <> 0) <> (NEW.pledge_id IS NOT NULL) "
    "OR (NEW.pledge_id IS NOT NULL AND (SELECT min(l.account_id) = p.account_id FROM share_pledge p, share_line l "
    "WHERE p.id = NEW.pledge_id AND l.event_id = NEW.number AND l.bucket = 'pledged') IS NOT 1) "
    "OR EXISTS (SELECT 1 FROM (SELECT sum(l.delta) OVER (ORDER BY l.day, l.event_id) AS held FROM share_line l "
    "WHERE l.bucket = 'pledged' AND NEW.pledge_id IS NOT NULL AND l.event_id IN (SELECT NEW.number UNION SELECT NEW.pledge_id "
    "UNION SELECT e.number FROM share_event e WHERE e.pledge_id = NEW.pledge_id)) WHERE held < 0) END"
)
_LIVE_DIVIDEND = (
    "EXISTS (SELECT 1 FROM dividend d JOIN share_class c ON c.ledger_id = d.ledger_id WHERE c.id = NEW.class_id "
    "AND d.record_date >= NEW.day AND EXISTS (SELECT 1 FROM dividend_voucher w JOIN voucher v ON v.id = w.voucher_id "
    "WHERE w.dividend_id = d.id AND w.part <> 'payment' AND v.state <> 'void' AND NOT EXISTS (SELECT 1 FROM voucher_link k "
    "JOIN posting p ON p.voucher_id = k.from_id WHERE k.kind = 'reverses' AND k.to_id = v.id)))"
)

_EVENT = [
    refuse(
        "share_event_chain",
        "INSERT",
        "share_event",
        f"NEW.number <> {_NEXT} OR length(NEW.digest) <> 32 OR NEW.previous <> coalesce((SELECT digest FROM share_event "
        "ORDER BY number DESC LIMIT 1), zeroblob(32)) OR (NEW.reviewed_by <> '' AND NEW.reviewed_by = NEW.entered_by)",
        "份额变动的序号要连续，链接要对，经办和复核不能是同一个人。",
    ),
    refuse(
        "share_event_shape",
        "INSERT",
        "share_event",
        f"{_SHAPE} IS NOT 1 OR {_ALIKE} IS NOT 1 OR date(NEW.day) IS NOT NEW.day "
        "OR (NEW.kind NOT IN ('split', 'merge', 'reverse') AND NEW.class_id IS NULL)",
        "这笔份额变动的明细和它的种类不合：进出要相等，只有可动的能转出。",
    ),
    refuse(
        "share_event_buckets",
        "INSERT",
        "share_event",
        _BELOW_ZERO,
        "这样登记会使某一天的份额小于零。",
    ),
    refuse(
        "share_event_pledge", "INSERT", "share_event", _PLEDGE, "质押登记和质押的份额不相等。"
    ),
    refuse(
        "share_event_reverse",
        "INSERT",
        "share_event",
        "NEW.reverses IS NOT NULL AND ((SELECT kind NOT IN ('reverse', 'split', 'merge') AND day <= NEW.day "
        "AND class_id IS NEW.class_id AND NEW.pledge_id IS CASE kind WHEN 'pledge' THEN number ELSE pledge_id END "
        "FROM share_event WHERE number = NEW.reverses) IS NOT 1 "
        "OR EXISTS (SELECT 1 FROM share_event WHERE reverses = NEW.reverses))",
        "只能冲销一次，冲销本身不能再冲销。",
    ),
    refuse(
        "share_event_resolution",
        "INSERT",
        "share_event",
        f"(NEW.kind IN {_DECIDED} OR NEW.resolution IS NOT NULL) "
        "AND NOT EXISTS (SELECT 1 FROM resolution WHERE number = NEW.resolution AND day <= NEW.day)",
        "这一种份额变动要凭决议办理，决议不能晚于变动。",
    ),
    refuse(
        "share_event_record_date",
        "INSERT",
        "share_event",
        _LIVE_DIVIDEND,
        "变动日期不晚于已经用过的分红登记日，不能补登。",
    ),
    *append_only("share_event", "份额变动"),
]  # fmt: skip

_LINE = [
    refuse(
        "share_line_insert",
        "INSERT",
        "share_line",
        f"NEW.event_id <> {_NEXT} OR EXISTS (SELECT 1 FROM share_line WHERE event_id = NEW.event_id AND line = NEW.line) "
        "OR NOT EXISTS (SELECT 1 FROM share_account WHERE id = NEW.account_id)",
        "已登记的份额变动不能再加明细。",
    ),
    *append_only("share_line", "份额变动的明细"),
    refuse(
        "share_pledge_insert",
        "INSERT",
        "share_pledge",
        f"NEW.id <> {_NEXT} OR EXISTS (SELECT 1 FROM share_pledge WHERE id = NEW.id)",
        "质押登记只和质押变动一起写入。",
    ),
    *append_only("share_pledge", "质押登记"),
]

_CLASS = [
    refuse(
        "share_class_insert",
        "INSERT",
        "share_class",
        "EXISTS (SELECT 1 FROM share_class WHERE id = NEW.id OR (ledger_id = NEW.ledger_id AND name = NEW.name))",
        "这一类股份已经有了。",
    ),
    *append_only("share_class", "股份类别"),
    refuse(
        "share_charter_insert",
        "INSERT",
        "share_charter",
        "EXISTS (SELECT 1 FROM share_charter WHERE id = NEW.id)",
        "章程参数只能新增。",
    ),
    *append_only("share_charter", "章程参数"),
    refuse(
        "share_account_insert",
        "INSERT",
        "share_account",
        "EXISTS (SELECT 1 FROM share_account WHERE id = NEW.id OR (class_id = NEW.class_id AND person_id IS NEW.person_id)) "
        "OR (NEW.person_id IS NOT NULL AND EXISTS (SELECT 1 FROM share_class WHERE id = NEW.class_id AND is_collective = 1))",
        "这个份额账户已经有了，或这一类只归集体。",
    ),
    *append_only("share_account", "份额账户"),
]

_STEPS = (
    "(OLD.state = NEW.state AND OLD.state = 'draft') "
    "OR (OLD.state IN ('draft', 'objected') AND NEW.state IN ('checked', 'rejected')) "
    "OR (OLD.state = 'checked' AND NEW.state IN ('approved', 'rejected')) "
    "OR (OLD.state = 'approved' AND NEW.state IN ('published', 'rejected')) "
    "OR (OLD.state = 'published' AND NEW.state IN ('posted', 'objected'))"
)
_CASE = [
    refuse(
        "share_case_insert",
        "INSERT",
        "share_case",
        "NEW.state <> 'draft' OR EXISTS (SELECT 1 FROM share_case WHERE id = NEW.id)",
        "办件从草稿开始。",
    ),
    refuse(
        "share_case_update",
        "UPDATE",
        "share_case",
        f"NEW.id <> OLD.id OR NEW.made_by <> OLD.made_by OR NEW.made_at <> OLD.made_at "
        f"OR (OLD.state <> 'draft' AND (NEW.body <> OLD.body OR NEW.kind <> OLD.kind)) OR NOT ({_STEPS}) "
        "OR (NEW.state = 'posted' AND NOT EXISTS (SELECT 1 FROM share_event WHERE case_id = NEW.id))",
        "办件要一步一步来：草稿、审查、批准、公示、登记；送审以后内容不能改。",
    ),
    refuse("share_case_no_delete", "DELETE", "share_case", "", "办件不能删除，可以退回。"),
    refuse(
        "share_case_step_insert",
        "INSERT",
        "share_case_step",
        "EXISTS (SELECT 1 FROM share_case_step WHERE id = NEW.id)",
        "办件的步骤只能新增。",
    ),
    *append_only("share_case_step", "办件的步骤"),
]

SHARES: tuple[str, ...] = (*_EVENT, *_LINE, *_CLASS, *_CASE)
