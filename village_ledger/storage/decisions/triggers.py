"""Decision files (四议两公开) and their panels (六手印记): what must hold against raw SQL."""

from __future__ import annotations

from village_ledger.storage.trigger_words import append_only, refuse

_ENDED = "EXISTS (SELECT 1 FROM decision_step WHERE decision_id = {id} AND step IN ('closed', 'dropped'))"
_WRONG_LAW = (
    "(SELECT count(*) FROM ledger) > 1 AND (SELECT kind FROM ledger WHERE id = NEW.ledger_id) IS NOT NEW.law"
)
"""Where there are two ledgers, each has its own law."""
_LAST = "(SELECT step FROM decision_step WHERE decision_id = NEW.decision_id ORDER BY id DESC LIMIT 1)"
_STEPS = "(SELECT steps FROM decision WHERE id = NEW.decision_id)"
_FOLLOWS = (
    f"CASE WHEN NEW.step = 'dropped' THEN {_LAST} IS NOT NULL "
    f"WHEN {_LAST} IS NULL THEN {_STEPS} LIKE NEW.step || ',%' "
    f"ELSE instr(',' || {_STEPS} || ',', ',' || {_LAST} || ',' || NEW.step || ',') > 0 END"
)
"""Whether the step is the next of those the matter needs."""
_EARLY = (
    "EXISTS (SELECT 1 FROM decision_step p WHERE p.decision_id = NEW.decision_id AND (p.day > NEW.day "
    "OR (p.until > NEW.day AND NEW.step <> 'dropped')))"
)
_SIGNED = "(SELECT count(DISTINCT place) FROM panel_sign WHERE decision_id = {id} AND stage = {stage} AND on_paper = 1)"
_HAS_PANEL = "EXISTS (SELECT 1 FROM panel_draw WHERE decision_id = {id})"

_FILE = [
    refuse(
        "decision_insert",
        "INSERT",
        "decision",
        f"EXISTS (SELECT 1 FROM decision WHERE id = NEW.id OR number = NEW.number) OR {_WRONG_LAW}",
        "这个决策文号已经有了，或表决依据的法律不是这本账的。",
    ),
    refuse(
        "decision_update",
        "UPDATE",
        "decision",
        "NEW.id <> OLD.id OR NEW.number <> OLD.number OR NEW.opened_by <> OLD.opened_by OR NEW.opened_at <> OLD.opened_at "
        "OR EXISTS (SELECT 1 FROM decision_step WHERE decision_id = OLD.id AND step <> 'proposed') "
        f"OR EXISTS (SELECT 1 FROM panel_sign WHERE decision_id = OLD.id) OR {_WRONG_LAW}",
        "卷宗已经商议或签过字，事项不能再改。",
    ),
    refuse("decision_no_delete", "DELETE", "decision", "", "决策卷宗不能删除。"),
    refuse(
        "decision_step_insert",
        "INSERT",
        "decision_step",
        "EXISTS (SELECT 1 FROM decision_step WHERE id = NEW.id OR (decision_id = NEW.decision_id "
        f"AND step = NEW.step)) OR {_ENDED.format(id='NEW.decision_id')} OR NOT coalesce({_FOLLOWS}, 0)",
        "四议两公开要一步一步办，归了档的卷宗不再办。",
    ),
    refuse(
        "decision_step_day", "INSERT", "decision_step", _EARLY, "这一步的日期早于前一步，或公示还没有满。"
    ),
    refuse(
        "decision_step_close",
        "INSERT",
        "decision_step",
        f"NEW.step = 'closed' AND {_HAS_PANEL.format(id='NEW.decision_id')} AND "
        + _SIGNED.format(id="NEW.decision_id", stage="'evaluation'")
        + " < 6",
        "六个人还没有签完评议，不能归档。",
    ),
    *append_only("decision_step", "四议两公开的记录"),
    *append_only("decision_interest", "利害关系人的记录"),
    *append_only("decision_link", "卷宗和事项的联系"),
    *(
        refuse(
            f"{table}_insert",
            "INSERT",
            table,
            f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) OR {_ENDED.format(id='NEW.decision_id')}",
            "归了档、终止了的卷宗不再改动。",
        )
        for table in ("decision_interest", "decision_link")
    ),
]

_LOT_AFTER = (
    "EXISTS (SELECT 1 FROM panel_seat WHERE lot_id = NEW.lot_id) OR EXISTS (SELECT 1 FROM panel_lot l, panel_lot n "
    "WHERE l.id = NEW.lot_id AND n.decision_id = l.decision_id AND n.id > l.id)"
)
_PANEL = [
    *append_only("panel_list", "六手印记名单"),
    *append_only("panel_person", "六手印记名单"),
    *append_only("panel_draw", "抽签"),
    *append_only("panel_lot", "抽签"),
    *append_only("panel_barred", "抽签时回避的人"),
    *append_only("panel_seat", "六手印记席位"),
    *append_only("panel_sign", "六手印记签字"),
    refuse(
        "panel_list_insert",
        "INSERT",
        "panel_list",
        "EXISTS (SELECT 1 FROM panel_list WHERE id = NEW.id)",
        "这份名单已经有了。",
    ),
    refuse(
        "panel_person_insert",
        "INSERT",
        "panel_person",
        "NEW.line > (SELECT count FROM panel_list WHERE id = NEW.list_id) OR EXISTS (SELECT 1 FROM panel_person "
        "WHERE list_id = NEW.list_id AND line = NEW.line) OR EXISTS (SELECT 1 FROM panel_draw WHERE list_id = NEW.list_id)",
        "导入的名单不能再加人。",
    ),
    refuse(
        "panel_draw_insert",
        "INSERT",
        "panel_draw",
        f"EXISTS (SELECT 1 FROM panel_draw WHERE decision_id = NEW.decision_id) OR {_ENDED.format(id='NEW.decision_id')}",
        "这件事已经抽过签，一件事只抽一次。",
    ),
    refuse(
        "panel_lot_insert",
        "INSERT",
        "panel_lot",
        "EXISTS (SELECT 1 FROM panel_lot WHERE id = NEW.id OR (decision_id = NEW.decision_id AND place = NEW.place "
        "AND (round = NEW.round OR register <> NEW.register))) "
        "OR NEW.round <> 1 + (SELECT coalesce(max(round), 0) FROM panel_lot WHERE decision_id = NEW.decision_id "
        "AND place = NEW.place) OR (NEW.round > 1 AND NEW.reason = '') "
        "OR (SELECT list_id FROM panel_draw WHERE decision_id = NEW.decision_id) IS NOT NEW.list_id "
        "OR NOT EXISTS (SELECT 1 FROM panel_person WHERE list_id = NEW.list_id AND line = NEW.line "
        f"AND register = NEW.register AND name = NEW.name AND avoids = 0) OR {_ENDED.format(id='NEW.decision_id')}",
        "抽签只能照名单一轮一轮抽，抽出来的不能改。",
    ),
    refuse(
        "panel_barred_insert",
        "INSERT",
        "panel_barred",
        _LOT_AFTER,
        "抽过的签不能再加回避的人。",
    ),
    refuse(
        "panel_seat_insert",
        "INSERT",
        "panel_seat",
        "EXISTS (SELECT 1 FROM panel_seat WHERE id = NEW.id) OR (NEW.lot_id IS NOT NULL AND NOT EXISTS (SELECT 1 "
        "FROM panel_lot WHERE id = NEW.lot_id AND decision_id = NEW.decision_id AND place = NEW.place AND name = NEW.name)) "
        "OR EXISTS (SELECT 1 FROM panel_seat o WHERE o.decision_id = NEW.decision_id AND o.name = NEW.name "
        "AND o.place <> NEW.place AND o.id = (SELECT max(id) FROM panel_seat m WHERE m.decision_id = o.decision_id "
        f"AND m.place = o.place)) OR {_ENDED.format(id='NEW.decision_id')}",
        "一个人只坐一席，抽签的席位只坐抽中的人。",
    ),
    refuse(
        "panel_sign_insert",
        "INSERT",
        "panel_sign",
        f"EXISTS (SELECT 1 FROM panel_sign WHERE id = NEW.id) OR {_ENDED.format(id='NEW.decision_id')} "
        "OR NOT EXISTS (SELECT 1 FROM panel_seat WHERE id = NEW.seat_id AND decision_id = NEW.decision_id "
        "AND place = NEW.place) OR (NEW.corrects = '' AND EXISTS (SELECT 1 FROM panel_sign WHERE "
        "decision_id = NEW.decision_id AND stage = NEW.stage AND place = NEW.place)) OR (NEW.stage <> 'proposal' AND "
        + _SIGNED.format(
            id="NEW.decision_id",
            stage="CASE NEW.stage WHEN 'decision' THEN 'proposal' WHEN 'execution' THEN 'decision' ELSE 'execution' END",
        )
        + " < 6)",
        "六手印记要一个阶段一个阶段签，归了档不再签，改签要写明原因。",
    ),
]

DECISIONS: tuple[str, ...] = (*_FILE, *_PANEL)
