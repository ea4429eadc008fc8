"""Attachments kept by digest, and the electronic invoices among them: what must hold against raw SQL."""

from __future__ import annotations

from village_ledger.storage.trigger_words import POSTED, append_only, refuse

_POSTED_OWNER = f"(OLD.owner_kind = 'voucher' AND {POSTED.format(id='CAST(OLD.owner_key AS INTEGER)')})"
_NO_SUCH_VOUCHER = (
    "(NEW.owner_kind = 'voucher' AND (SELECT v.ledger_id = NEW.ledger_id AND v.state <> 'void' "
    "AND CAST(v.id AS TEXT) = NEW.owner_key FROM voucher v WHERE v.id = CAST(NEW.owner_key AS INTEGER)) IS NOT 1)"
)

ATTACHMENTS: tuple[str, ...] = (
    refuse(
        "blob_insert",
        "INSERT",
        "blob",
        "EXISTS (SELECT 1 FROM blob WHERE digest = NEW.digest) OR (NEW.content IS NOT NULL AND length(NEW.content) <> NEW.size)",
        "这个附件的内容已经存过，或长短不对。",
    ),
    *append_only("blob", "附件的内容"),
    refuse(
        "attachment_insert",
        "INSERT",
        "attachment",
        f"EXISTS (SELECT 1 FROM attachment WHERE id = NEW.id) OR {_NO_SUCH_VOUCHER} "
        "OR NOT EXISTS (SELECT 1 FROM blob WHERE digest = NEW.digest)",
        "附件挂不上去：没有这张凭证，或没有附件的内容。",
    ),
    refuse(
        "attachment_update",
        "UPDATE",
        "attachment",
        "NEW.id <> OLD.id OR NEW.title <> OLD.title OR NEW.kind <> OLD.kind OR NEW.digest <> OLD.digest "
        "OR NEW.sheets <> OLD.sheets OR NEW.original_digest <> OLD.original_digest OR NEW.original_size <> OLD.original_size "
        'OR NEW.paper_at <> OLD.paper_at OR NEW."by" <> OLD."by" OR NEW.at <> OLD.at OR NEW.ledger_id IS NOT OLD.ledger_id '
        f"OR OLD.owner_kind NOT IN ('inbox', 'voucher') OR {_POSTED_OWNER} OR {_NO_SUCH_VOUCHER} "
        "OR (OLD.owner_kind = 'voucher' AND NEW.owner_kind <> 'inbox') "
        "OR EXISTS (SELECT 1 FROM attachment_taken_back WHERE attachment_id = OLD.id)",
        "附件不能修改；已记账凭证的附件只能撤下，写明原因。",
    ),
    refuse("attachment_no_delete", "DELETE", "attachment", "", "附件不能删除，只能撤下，写明原因。"),
    # A voucher deleted or voided before it was posted gives its attachments back: they wait to be used again.
    *(
        f"CREATE TRIGGER attachment_of_{name} {event} ON voucher {when}BEGIN UPDATE attachment SET owner_kind = 'inbox', "
        "owner_key = '' WHERE owner_kind = 'voucher' AND owner_key = CAST(OLD.id AS TEXT) "
        "AND id NOT IN (SELECT attachment_id FROM attachment_taken_back); END"
        for name, event, when in (
            ("deleted", "BEFORE DELETE", ""),
            ("void", "AFTER UPDATE OF state", "WHEN NEW.state = 'void' "),
        )
    ),
    refuse(
        "attachment_taken_back_insert",
        "INSERT",
        "attachment_taken_back",
        "EXISTS (SELECT 1 FROM attachment_taken_back WHERE attachment_id = NEW.attachment_id)",
        "这个附件已经撤下了。",
    ),
    *append_only("attachment_taken_back", "附件的撤下记录"),
    refuse(
        "electronic_invoice_insert",
        "INSERT",
        "electronic_invoice",
        "EXISTS (SELECT 1 FROM electronic_invoice WHERE id = NEW.id OR number = NEW.number)",
        "这张电子发票已经收过。",
    ),
    *append_only("electronic_invoice", "收过的电子发票"),
    refuse(
        "invoice_file_insert",
        "INSERT",
        "invoice_file",
        "EXISTS (SELECT 1 FROM invoice_file WHERE attachment_id = NEW.attachment_id)",
        "这个附件已经认作一张电子发票。",
    ),
    *append_only("invoice_file", "附件和电子发票的对应"),
)
