"""Keys and packages sent are added to, never changed; each package names the one before."""

from __future__ import annotations

from village_ledger.storage.trigger_words import append_only, refuse

REVIEW: tuple[str, ...] = (
    *append_only("village_key", "村的签名密钥"),
    *append_only("package_sent", "送审包的记录"),
    refuse(
        "package_sent_insert",
        "INSERT",
        "package_sent",
        "NEW.seq <> coalesce((SELECT max(seq) FROM package_sent), 0) + 1 OR NEW.previous <> coalesce((SELECT digest "
        "FROM package_sent ORDER BY seq DESC LIMIT 1), zeroblob(32))",
        "送审包要接着上一个做。",
    ),
    refuse(
        "village_key_insert",
        "INSERT",
        "village_key",
        "EXISTS (SELECT 1 FROM village_key WHERE id = NEW.id OR public = NEW.public)",
        "这个签名密钥已经有了。",
    ),
    refuse(
        "remarks_file_insert",
        "INSERT",
        "remarks_file",
        "EXISTS (SELECT 1 FROM remarks_file WHERE id = NEW.id OR digest = NEW.digest)",
        "这份审阅意见已经收过。",
    ),
    *append_only("remarks_file", "收到的审阅意见"),
    *append_only("remark_answer", "对审阅意见的答复"),
    *append_only("reviewer_key", "审阅人的签名密钥"),
    refuse(
        "second_review_insert",
        "INSERT",
        "second_review",
        "NOT EXISTS (SELECT 1 FROM posting WHERE voucher_id = NEW.voucher_id AND basis = 'second-review-pending') "
        "OR EXISTS (SELECT 1 FROM second_review WHERE voucher_id = NEW.voucher_id AND verdict = 'pass')",
        "这张凭证不在等补审。",
    ),
    *append_only("second_review", "补审的结果"),
    *append_only("packed", "送审包里的账"),
    *append_only("withheld_text", "送审包里的账"),
    *append_only("withheld_row", "送审包里的账"),
)
