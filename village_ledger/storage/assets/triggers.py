"""What must hold of asset cards even for a raw connection: a month is charged once, nothing happens to what is gone."""

from __future__ import annotations

from village_ledger.storage.assets.live import CARD, COUNTS, ENDING, EVENTS, LINES
from village_ledger.storage.trigger_words import append_only, refuse

_GONE = f"EXISTS (SELECT 1 FROM {EVENTS} WHERE e.asset_id = {{asset}} AND e.kind IN {ENDING} AND {COUNTS})"
_CHARGED = f"EXISTS (SELECT 1 FROM {LINES} WHERE d.asset_id = {{asset}} AND d.month {{when}} AND {COUNTS})"
_LEDGER = "(SELECT ledger_id FROM asset WHERE id = {asset})"
_MONEY = (
    "kind",
    "cost",
    "salvage",
    "in_use",
    "method",
    "months",
    "units",
    "opening",
    "as_of",
    "since",
    "months_left",
    "withdrawn",
)
_SAME_MONEY = " AND ".join(f"c.{name} = NEW.{name}" for name in _MONEY)
_WORKED = "(SELECT coalesce(sum(u.units), 0) FROM asset_usage u WHERE u.asset_id = NEW.asset_id AND u.month <> NEW.month)"

_CARD = [
    refuse(
        "asset_insert",
        "INSERT",
        "asset",
        "EXISTS (SELECT 1 FROM asset WHERE id = NEW.id OR (ledger_id = NEW.ledger_id AND code = NEW.code)) "
        "OR EXISTS (SELECT 1 FROM parcel WHERE ledger_id = NEW.ledger_id AND code = NEW.code)",
        "这个资产编号已经有了。",
    ),
    *append_only("asset", "资产编号"),
    refuse(
        "asset_card_insert",
        "INSERT",
        "asset_card",
        "NEW.version <> 1 + (SELECT coalesce(max(version), 0) FROM asset_card WHERE asset_id = NEW.asset_id) "
        "OR NOT EXISTS (SELECT 1 FROM asset WHERE id = NEW.asset_id) OR length(NEW.digest) <> 32",
        "资产卡片的版本接不上，不能插入。",
    ),
    refuse(
        "asset_card_money",
        "INSERT",
        "asset_card",
        f"NEW.version > 1 AND ({_CHARGED.format(asset='NEW.asset_id', when='IS NOT NULL')} OR EXISTS (SELECT 1 "
        f"FROM {EVENTS} WHERE e.asset_id = NEW.asset_id AND e.kind <> 'acquire' AND {COUNTS})) AND NOT EXISTS "
        f"(SELECT 1 FROM asset_card c WHERE c.asset_id = NEW.asset_id AND c.version = NEW.version - 1 AND {_SAME_MONEY})",
        "这项资产已经提过折旧或变动过，原值、年限这些不能再改。",
    ),
    *append_only("asset_card", "资产卡片"),
    refuse(
        "asset_fact_insert",
        "INSERT",
        "asset_fact",
        f"EXISTS (SELECT 1 FROM asset_fact WHERE id = NEW.id) OR {_GONE.format(asset='NEW.asset_id')}",
        "这项资产已经处置，不能再改用途、地点和保管人。",
    ),
    *append_only("asset_fact", "资产的用途、地点和保管记录"),
]

_EVENT = [
    refuse(
        "asset_event_gone",
        "INSERT",
        "asset_event",
        f"EXISTS (SELECT 1 FROM asset_event WHERE id = NEW.id) OR {_GONE.format(asset='NEW.asset_id')}",
        "这项资产已经处置，不能再变动。",
    ),
    refuse(
        "asset_event_cost",
        "INSERT",
        "asset_event",
        f"NEW.kind <> 'acquire' AND (SELECT min(c.cost + NEW.cost + x.cost >= c.salvage + NEW.salvage + x.salvage "
        "AND c.salvage + NEW.salvage + x.salvage >= 0) FROM asset_card c, (SELECT coalesce(sum(e.cost), 0) AS cost, "
        f"coalesce(sum(e.salvage), 0) AS salvage FROM {EVENTS} WHERE e.asset_id = NEW.asset_id AND {COUNTS}) x "
        f"WHERE c.asset_id = NEW.asset_id AND {CARD}) IS NOT 1",
        "变动以后原值会小于残值，或没有这张卡片。",
    ),
    *append_only("asset_event", "资产变动记录"),
    refuse(
        "asset_event_voucher_insert",
        "INSERT",
        "asset_event_voucher",
        "EXISTS (SELECT 1 FROM asset_event_voucher WHERE event_id = NEW.event_id) OR "
        "(SELECT a.ledger_id FROM asset_event e JOIN asset a ON a.id = e.asset_id WHERE e.id = NEW.event_id) IS NOT "
        "(SELECT ledger_id FROM voucher WHERE id = NEW.voucher_id)",
        "资产变动要记在它自己那本账的凭证上，一件事只有一张凭证。",
    ),
    refuse(
        "asset_event_voucher_no_update", "UPDATE", "asset_event_voucher", "", "资产变动和凭证的联系不能改。"
    ),
    refuse(
        "asset_event_voucher_delete",
        "DELETE",
        "asset_event_voucher",
        "EXISTS (SELECT 1 FROM voucher WHERE id = OLD.voucher_id)",
        "资产变动和凭证的联系不能断开。",
    ),
]

_USED = f"{_CHARGED.format(asset='{row}.asset_id', when='>= {row}.month')}"
_METER = "这个月已经提过折旧，工作量不能再改；或这项资产不按工作量提折旧，或超过了总工作量。"
_USAGE = [
    *(
        refuse(f"asset_usage_{event.lower()}", event, "asset_usage", _USED.format(row=row), _METER)
        for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
    ),
    *(
        refuse(
            f"asset_usage_fits_{event.lower()}",
            event,
            "asset_usage",
            f"(SELECT c.method IN ('hours', 'output') AND NEW.month >= c.since AND (c.units_before + NEW.units + "
            f"{_WORKED} <= c.units OR EXISTS (SELECT 1 FROM asset_event e WHERE e.asset_id = NEW.asset_id "
            f"AND e.units > 0)) FROM asset_card c WHERE c.asset_id = NEW.asset_id AND {CARD}) IS NOT 1 "
            f"OR {_GONE.format(asset='NEW.asset_id')}",
            _METER,
        )
        for event in ("INSERT", "UPDATE")
    ),
    refuse(
        "asset_usage_identity",
        "UPDATE",
        "asset_usage",
        "NEW.asset_id <> OLD.asset_id OR NEW.month <> OLD.month",
        "工作量不能换到别的资产或月份。",
    ),
]

_TWICE = "这个月的折旧已经提过，不能再提一次。"
_RUN = [
    refuse(
        "depreciation_run_insert",
        "INSERT",
        "depreciation_run",
        "EXISTS (SELECT 1 FROM depreciation_run WHERE id = NEW.id) OR length(NEW.digest) <> 32 OR (NEW.whole = 1 AND "
        "EXISTS (SELECT 1 FROM depreciation_run r JOIN depreciation_voucher dv ON dv.run_id = r.id JOIN voucher v "
        "ON v.id = dv.voucher_id WHERE r.ledger_id = NEW.ledger_id AND r.month = NEW.month AND r.whole = 1 "
        f"AND {COUNTS}))",
        _TWICE,
    ),
    *append_only("depreciation_run", "提折旧的记录"),
    refuse(
        "depreciation_line_insert",
        "INSERT",
        "depreciation_line",
        f"{_LEDGER.format(asset='NEW.asset_id')} IS NOT (SELECT ledger_id FROM depreciation_run r "
        "WHERE r.id = NEW.run_id AND r.month = NEW.month) OR EXISTS (SELECT 1 FROM depreciation_voucher "
        f"WHERE run_id = NEW.run_id) OR {_CHARGED.format(asset='NEW.asset_id', when='= NEW.month')}",
        _TWICE,
    ),
    refuse(
        "depreciation_line_gone",
        "INSERT",
        "depreciation_line",
        _GONE.format(asset="NEW.asset_id"),
        "这项资产已经处置，不再提折旧。",
    ),
    *append_only("depreciation_line", "折旧明细"),
    refuse(
        "depreciation_voucher_insert",
        "INSERT",
        "depreciation_voucher",
        "EXISTS (SELECT 1 FROM depreciation_voucher WHERE run_id = NEW.run_id) OR (SELECT ledger_id FROM "
        "depreciation_run WHERE id = NEW.run_id) IS NOT (SELECT ledger_id FROM voucher WHERE id = NEW.voucher_id) OR "
        "(SELECT total FROM depreciation_run WHERE id = NEW.run_id) IS NOT "
        "(SELECT sum(amount) FROM depreciation_line WHERE run_id = NEW.run_id)",
        "提折旧的凭证要记在它自己那本账里，合计要等于明细之和，一次只有一张。",
    ),
    refuse(
        "depreciation_voucher_no_update", "UPDATE", "depreciation_voucher", "", "折旧和凭证的联系不能改。"
    ),
    refuse(
        "depreciation_voucher_delete",
        "DELETE",
        "depreciation_voucher",
        "EXISTS (SELECT 1 FROM voucher WHERE id = OLD.voucher_id)",
        "折旧和凭证的联系不能断开。",
    ),
]

ASSETS: tuple[str, ...] = (*_CARD, *_EVENT, *_USAGE, *_RUN)
