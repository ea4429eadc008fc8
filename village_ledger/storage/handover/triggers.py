"""What must hold of handovers and old matters even for a raw connection: signed lists rest, three sign before the end."""

from __future__ import annotations

from village_ledger.storage.trigger_words import append_only, refuse

_LAST = (
    "(SELECT step FROM handover_step WHERE handover_id = {id} AND seq = "
    "(SELECT max(seq) FROM handover_step WHERE handover_id = {id}))"
)
_RESTS = (
    "(EXISTS (SELECT 1 FROM handover_signature WHERE handover_id = {id}) "
    "OR coalesce(" + _LAST + ", 'listed') <> 'listed')"
)
_SIGNED = "移交清册已经有人签字，不能再改。"
_OPEN_ITEM = (
    "EXISTS (SELECT 1 FROM handover_item WHERE handover_id = NEW.handover_id AND (result = '' "
    "OR (result = 'bad' AND note = '')))"
)

HANDOVER: tuple[str, ...] = (
    refuse(
        "handover_insert",
        "INSERT",
        "handover",
        "EXISTS (SELECT 1 FROM handover WHERE id = NEW.id OR (year = NEW.year AND number = NEW.number))",
        "这个交接编号已经有了。",
    ),
    *append_only("handover", "交接登记"),
    *(
        refuse(
            f"handover_item_{event.lower()}",
            event,
            "handover_item",
            _RESTS.format(id=f"{row}.handover_id")
            + (
                " OR EXISTS (SELECT 1 FROM handover_item WHERE handover_id = NEW.handover_id AND line = NEW.line)"
                if event == "INSERT"
                else " OR NEW.handover_id <> OLD.handover_id"
                if event == "UPDATE"
                else ""
            ),
            _SIGNED,
        )
        for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
    ),
    refuse(
        "handover_signature_insert",
        "INSERT",
        "handover_signature",
        "EXISTS (SELECT 1 FROM handover_signature WHERE handover_id = NEW.handover_id AND place = NEW.place) "
        f"OR coalesce({_LAST.format(id='NEW.handover_id')}, '') <> 'listed' OR {_OPEN_ITEM} "
        "OR NOT EXISTS (SELECT 1 FROM handover_item WHERE handover_id = NEW.handover_id) "
        "OR (SELECT CASE NEW.place WHEN 'giver' THEN giver WHEN 'taker' THEN taker ELSE supervisor END "
        "FROM handover WHERE id = NEW.handover_id) IS NOT NEW.name",
        "清册列好、逐项核对以后，由移交人、接交人、监交人各签一次。",
    ),
    *append_only("handover_signature", "交接的签字"),
    refuse(
        "handover_step_insert",
        "INSERT",
        "handover_step",
        "NEW.seq <> coalesce((SELECT max(seq) FROM handover_step WHERE handover_id = NEW.handover_id), 0) + 1 "
        f"OR coalesce({_LAST.format(id='NEW.handover_id')}, 'listed') <> 'listed' "
        "OR (NEW.step = 'listed' AND EXISTS (SELECT 1 FROM handover_signature WHERE handover_id = NEW.handover_id)) "
        "OR (NEW.step = 'finished' AND (SELECT count(*) FROM handover_signature "
        "WHERE handover_id = NEW.handover_id) <> 3)",
        "三方都签了字，交接才算完毕；完毕以后不再改。",
    ),
    *append_only("handover_step", "交接的步骤"),
    refuse(
        "old_matter_insert",
        "INSERT",
        "old_matter",
        "EXISTS (SELECT 1 FROM old_matter WHERE id = NEW.id OR (ledger_id = NEW.ledger_id AND number = NEW.number))",
        "这个旧账编号已经有了。",
    ),
    *append_only("old_matter", "旧账"),
    refuse(
        "old_matter_entry_insert",
        "INSERT",
        "old_matter_entry",
        "EXISTS (SELECT 1 FROM old_matter_entry WHERE id = NEW.id) "
        "OR NOT EXISTS (SELECT 1 FROM old_matter WHERE id = NEW.matter_id)",
        "旧账的办理记录只能往后加。",
    ),
    *append_only("old_matter_entry", "旧账的办理记录"),
)
