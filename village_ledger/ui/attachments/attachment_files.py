"""Files as they come to the window: chosen, dropped, pasted; and an attachment shown by the program made for it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from village_ledger.domain.attachment import attachment_rules
from village_ledger.i18n import tr

_places: list[tempfile.TemporaryDirectory[str]] = []
"""Where copies lie while they are looked at; taken away when the program ends."""


@dataclass(frozen=True, slots=True)
class Coming:
    """One file to be attached: where it is or what it holds, and its name."""

    source: Path | bytes
    name: str


def of_paths(paths: list[Path]) -> list[Coming]:
    """Files under their own names."""
    return [Coming(path, path.name) for path in paths]


def of_mime(data: QMimeData) -> list[Coming]:
    """What was dropped or copied: files, or a picture such as a screenshot."""
    urls = [url for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []
    if urls:
        return of_paths([Path(url.toLocalFile()) for url in urls])
    if data.hasImage():
        image = QImage(data.imageData())
        if not image.isNull():
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            QImageWriter(buffer, QByteArray(b"png")).write(image)
            now = datetime.now()  # noqa: DTZ005  the village's clock
            return [Coming(bytes(buffer.data().data()), tr("粘贴 {now:%m-%d %H%M%S}.png", now=now))]
    return []


def in_clipboard() -> list[Coming]:
    """Files or a picture in the clipboard."""
    return of_mime(QGuiApplication.clipboard().mimeData())


def takes(data: QMimeData) -> bool:
    """Whether something dropped can be an attachment."""
    return data.hasImage() or (data.hasUrls() and any(url.isLocalFile() for url in data.urls()))


def choose(parent: QWidget, folder: str = "") -> list[Coming]:
    """Ask for files; none when the person thought better of it."""
    endings = " ".join(f"*.{ending}" for kind in attachment_rules().types for ending in kind.endings)
    names, _ = QFileDialog.getOpenFileNames(
        parent, tr("选附件"), folder, tr("可以附的文件 ({endings});;所有文件 (*)", endings=endings)
    )
    return of_paths([Path(name) for name in names])


def ask_folder(parent: QWidget, heading: str, folder: str = "") -> Path | None:
    """Ask for a folder; None when the person thought better of it."""
    name = QFileDialog.getExistingDirectory(parent, heading, folder)
    return Path(name) if name else None


def looking_place() -> Path:
    """A folder for copies to look at, of this run of the program."""
    if not _places:
        _places.append(tempfile.TemporaryDirectory(prefix="village_ledger_", ignore_cleanup_errors=True))
    return Path(_places[0].name)


def show(path: Path) -> None:
    """Open a file with the program the computer has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
