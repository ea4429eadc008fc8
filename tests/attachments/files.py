"""Files that come to a village: photos, scans, things that are not what they say."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pypdfium2
from PIL import Image

from tests.builders import COLLECTIVE, Village
from village_ledger.domain.attachment import Attachment, Owner
from village_ledger.domain.voucher import StoredVoucher
from village_ledger.services.attachments import attachments

INBOX = Owner("inbox", COLLECTIVE)


def ofd(**parts: bytes) -> bytes:
    """An OFD package of some parts; ``__`` in a name stands for a slash."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("OFD.xml", '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>')
        for name, content in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", content)
    return made.getvalue()


def pdf(*attached: tuple[str, bytes]) -> bytes:
    """A PDF of one empty page with files attached."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 100)
    for name, content in attached:
        document.new_attachment(name).set_data(content)
    made = io.BytesIO()
    document.save(made)
    document.close()
    return made.getvalue()


PDF = pdf()
"""A PDF of one empty page."""


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
