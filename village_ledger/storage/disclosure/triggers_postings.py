"""Postings, opinions and objections: steps in order, nothing changed afterwards, nobody checks what they made."""

from __future__ import annotations

from village_ledger.storage.trigger_words import append_only, refuse

_OF = "FROM wall_event WHERE posting_id = NEW.posting_id"
_LAST = f"(SELECT act {_OF} ORDER BY seq DESC LIMIT 1)"
_LAST_OPINION = f"(SELECT opinion {_OF} ORDER BY seq DESC LIMIT 1)"
_BETTER = f"({_LAST} = NEW.act AND NEW.words <> '')"
"""Whether it is the same act written better, with why."""
_FOLLOWS = (
    f"CASE NEW.act WHEN 'posted' THEN ({_LAST} = 'reviewed' AND {_LAST_OPINION} = 'agreed') OR {_BETTER} "
    f"WHEN 'taken-down' THEN {_LAST} = 'posted' OR {_BETTER} WHEN 'closed' THEN {_LAST} = 'taken-down' "
    f"ELSE coalesce({_LAST}, 'reviewed') = 'reviewed' END"
)
"""Whether an act may come after what happened last."""
_AMONG = "instr('、' || {names} || '、', '、' || {name} || '、') > 0"
_MADE_IT = (
    "EXISTS (SELECT 1 FROM (SELECT made_by AS name FROM wall_posting WHERE id = NEW.posting_id UNION SELECT s.made_by "
    "FROM wall_sheet w JOIN sheet s ON s.code = w.code WHERE w.posting_id = NEW.posting_id) WHERE "
    + _AMONG.format(names="NEW.people", name="name")
    + ")"
)
_CHECKED_IT = (
    "EXISTS (SELECT 1 FROM wall_event e WHERE e.posting_id = NEW.posting_id AND e.act = 'reviewed' AND "
    + _AMONG.format(names="e.people", name="NEW.written_by")
    + ")"
)
_OBJECTION = "FROM objection_event WHERE objection_id = NEW.objection_id"
_LAST_SAID = f"(SELECT act {_OBJECTION} ORDER BY seq DESC LIMIT 1)"

POSTINGS: tuple[str, ...] = (
    refuse(
        "wall_posting_insert",
        "INSERT",
        "wall_posting",
        "EXISTS (SELECT 1 FROM wall_posting WHERE id = NEW.id) OR NEW.number <> 1 + coalesce((SELECT max(number) "
        "FROM wall_posting WHERE ledger_id = NEW.ledger_id AND year = NEW.year), 0) OR (NEW.replaces_id IS NOT NULL AND "
        "NOT EXISTS (SELECT 1 FROM wall_posting WHERE id = NEW.replaces_id AND ledger_id = NEW.ledger_id))",
        "张贴的编号要一个接一个，替代的要是同一本账的。",
    ),
    *append_only("wall_posting", "张贴记录"),
    refuse(
        "wall_sheet_insert",
        "INSERT",
        "wall_sheet",
        f"EXISTS (SELECT 1 {_OF}) OR EXISTS (SELECT 1 FROM wall_sheet WHERE posting_id = NEW.posting_id "
        "AND (line = NEW.line OR code = NEW.code)) OR NOT EXISTS (SELECT 1 FROM wall_posting p JOIN sheet s "
        "ON s.ledger_id = p.ledger_id AND s.first_day = p.first_day AND s.last_day = p.last_day "
        "WHERE p.id = NEW.posting_id AND s.code = NEW.code)",
        "张贴的表要是这本账、这段日期登记过的，审查以后不能再加。",
    ),
    *append_only("wall_sheet", "张贴的表"),
    refuse(
        "wall_event_insert",
        "INSERT",
        "wall_event",
        "EXISTS (SELECT 1 FROM wall_event WHERE id = NEW.id) OR NEW.seq <> 1 + coalesce((SELECT max(seq) "
        f"{_OF}), 0) OR NOT coalesce({_FOLLOWS}, 0) OR NOT EXISTS (SELECT 1 FROM wall_sheet WHERE posting_id = NEW.posting_id)",
        "张贴要先审查、后张贴、再取下、归档。",
    ),
    refuse(
        "wall_event_day",
        "INSERT",
        "wall_event",
        f"EXISTS (SELECT 1 {_OF} AND day > NEW.day AND act <> NEW.act)",
        "这一步的日期早于前一步。",
    ),
    refuse(
        "wall_event_people",
        "INSERT",
        "wall_event",
        f"(NEW.act = 'reviewed' AND (trim(NEW.people) = '' OR {_MADE_IT})) OR (NEW.act = 'posted' AND {_CHECKED_IT})",
        "做表的人不能审查，审查的人不能张贴。",
    ),
    *append_only("wall_event", "张贴记录"),
    refuse(
        "objection_insert",
        "INSERT",
        "objection",
        "EXISTS (SELECT 1 FROM objection WHERE id = NEW.id) OR NEW.number <> 1 + coalesce((SELECT max(number) "
        "FROM objection WHERE ledger_id = NEW.ledger_id AND year = NEW.year), 0) "
        "OR NOT EXISTS (SELECT 1 FROM wall_posting WHERE id = NEW.posting_id AND ledger_id = NEW.ledger_id) "
        "OR NOT EXISTS (SELECT 1 FROM wall_event WHERE posting_id = NEW.posting_id AND act = 'posted' AND day <= NEW.day) "
        "OR (NEW.code <> '' AND NOT EXISTS (SELECT 1 FROM wall_sheet WHERE posting_id = NEW.posting_id "
        "AND code = NEW.code))",
        "异议要写明是哪次张贴的哪张表，编号要一个接一个。",
    ),
    *append_only("objection", "异议"),
    refuse(
        "objection_event_insert",
        "INSERT",
        "objection_event",
        "EXISTS (SELECT 1 FROM objection_event WHERE id = NEW.id) OR NEW.seq <> 1 + coalesce((SELECT max(seq) "
        f"{_OBJECTION}), 0) OR NOT CASE NEW.act WHEN 'answered' THEN coalesce({_LAST_SAID}, 'again') = 'again' "
        f"ELSE coalesce({_LAST_SAID}, '') = 'answered' END "
        "OR NEW.day < (SELECT max(day) FROM (SELECT day FROM objection WHERE id = NEW.objection_id UNION "
        f"SELECT day {_OBJECTION}))",
        "异议要先答复、后办结，办结的不再改。",
    ),
    *append_only("objection_event", "异议的办理记录"),
)
