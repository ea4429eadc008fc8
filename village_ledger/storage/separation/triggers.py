"""The split document is written once, sealed by its last row, and never touched again."""

from __future__ import annotations

from village_ledger.storage.trigger_words import append_only, refuse

_SEALED = "EXISTS (SELECT 1 FROM separation)"
_SENTENCE = "分账清单已经封存，不能再加。"

SEPARATION: tuple[str, ...] = (
    refuse(
        "separation_line_insert",
        "INSERT",
        "separation_line",
        f"{_SEALED} OR EXISTS (SELECT 1 FROM separation_line WHERE id = NEW.id)",
        _SENTENCE,
    ),
    *append_only("separation_line", "分账清单"),
    refuse(
        "separation_part_insert",
        "INSERT",
        "separation_part",
        f"{_SEALED} OR EXISTS (SELECT 1 FROM separation_part WHERE line_id = NEW.line_id AND part = NEW.part)",
        _SENTENCE,
    ),
    *append_only("separation_part", "分账清单"),
    refuse(
        "separation_insert",
        "INSERT",
        "separation",
        f"{_SEALED} OR EXISTS (SELECT 1 FROM separation_part p WHERE NOT EXISTS (SELECT 1 FROM opening_document d "
        "WHERE d.ledger_id = p.ledger_id)) OR EXISTS (SELECT 1 FROM separation_line l "
        "WHERE l.debit + l.credit <> (SELECT coalesce(sum(p.amount), 0) FROM separation_part p WHERE p.line_id = l.id))",
        "分账清单只封一次，每一行的各份要等于旧账，两本账都要先有期初。",
    ),
    *append_only("separation", "分账清单"),
)
