"""What must hold of share certificates even for raw SQL: numbers once, one valid certificate a household, nothing rewritten."""

from __future__ import annotations

from village_ledger.storage.trigger_words import append_only, refuse

_VALID = "NOT EXISTS (SELECT 1 FROM share_certificate_end e WHERE e.certificate_id = c.id)"

CERTIFICATES: tuple[str, ...] = (
    refuse(
        "share_certificate_insert",
        "INSERT",
        "share_certificate",
        "EXISTS (SELECT 1 FROM share_certificate WHERE id = NEW.id OR number = NEW.number) "
        "OR trim(NEW.number) = '' OR length(NEW.code) <> 12 OR date(NEW.day) IS NOT NEW.day "
        "OR NOT EXISTS (SELECT 1 FROM household WHERE id = NEW.household_id) "
        f"OR EXISTS (SELECT 1 FROM share_certificate c WHERE c.household_id = NEW.household_id AND {_VALID}) "
        "OR EXISTS (SELECT 1 FROM share_certificate_end e JOIN share_certificate c ON c.id = e.certificate_id "
        "WHERE c.household_id = NEW.household_id AND e.day > NEW.day)",
        "股权证号不能重复，一户同时只有一本有效的股权证，换发的日期不早于收回的日期。",
    ),
    *append_only("share_certificate", "发出的股权证"),
    refuse(
        "share_certificate_end_insert",
        "INSERT",
        "share_certificate_end",
        "EXISTS (SELECT 1 FROM share_certificate_end WHERE certificate_id = NEW.certificate_id) "
        "OR date(NEW.day) IS NOT NEW.day "
        "OR (SELECT day <= NEW.day FROM share_certificate WHERE id = NEW.certificate_id) IS NOT 1",
        "股权证只能收回一次，收回的日期不早于发证的日期。",
    ),
    *append_only("share_certificate_end", "股权证的收回记录"),
)
