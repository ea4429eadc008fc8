"""Photos made smaller before they are kept: right way up, without the place they were taken at."""

from __future__ import annotations

import io

from village_ledger.domain.attachment import attachment_rules
from village_ledger.domain.errors import AttachmentError

PHOTO_TYPES = frozenset({"image/jpeg", "image/png", "image/bmp", "image/webp", "image/tiff"})
_FORMATS = ("JPEG", "PNG", "BMP", "WEBP", "TIFF")
_GPS = 0x8825
"""The part of EXIF that says where a photo was taken."""


def made_smaller(content: bytes, name: str) -> bytes | None:
    """A photo as JPEG within the rules, None where it is kept as it came.

    Every picture is read to its end, so that one that is torn or none at all is refused: AttachmentError. How many pixels it
    has is asked of its first bytes, before anything is unpacked.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    rules = attachment_rules()
    Image.MAX_IMAGE_PIXELS = None  # the next lines count the pixels themselves, and refuse in our words
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            width, height = picture.size
            if width * height > rules.most_pixels:
                raise AttachmentError(
                    f"{name} 有 {width}×{height} 个像素，太大了", "请用手机或画图软件缩小以后再附。"
                )
            picture.load()
            several = getattr(picture, "n_frames", 1) > 1  # a scan of many pages stays whole
            placed = bool(picture.getexif().get_ifd(_GPS))
            fits = max(width, height) <= rules.longest_side and len(content) <= rules.keep_below
            if several or (fits and not placed):
                return None
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((rules.longest_side, rules.longest_side), Image.Resampling.LANCZOS)
            made = io.BytesIO()
            upright.save(made, "JPEG", quality=rules.quality, optimize=True)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise AttachmentError(
            f"{name} 不是图片，或没有拷完", "请打开看看能不能显示，重新拷一次再附。"
        ) from error
    small = made.getvalue()
    return small if placed or len(small) < len(content) else None
