"""Files that come to a village: photos, scans, things that are not what they say."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from tests.builders import COLLECTIVE, Village
from village_ledger.domain.attachment import Attachment, Owner
from village_ledger.domain.voucher import StoredVoucher
from village_ledger.services.attachments import attachments

INBOX = Owner("inbox", COLLECTIVE)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
"""The first bytes of a PDF: enough where nobody looks at its pages."""


def of(voucher: StoredVoucher) -> Owner:
    """A voucher as the owner of attachments."""
    return Owner("voucher", voucher.ledger, str(voucher.id))


def photo(width: int = 400, height: int = 300, form: str = "JPEG", exif: Image.Exif | None = None) -> bytes:
    """A photo of a slope of grey, so that no two sizes are the same file."""
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    made = io.BytesIO()
    picture.save(made, form, **({"exif": exif} if exif else {}))
    return made.getvalue()


def attach(village: Village, owner: Owner, source: Path | bytes, title: str = "", **more) -> Attachment:
    """One attachment kept."""
    with village.act() as uow:
        return attachments.attach(uow, owner, source, title, **more).value
