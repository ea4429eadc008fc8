r"""Double-click: this computer is told which program opens our files, for the person who is signed in to it, and told back.

Windows keeps it below ``HKCU\Software\Classes``, other desktops in the person's ``applications`` and ``mime`` folders
(freedesktop.org's desktop entry and shared MIME-info specifications). Nothing of other programs is touched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from village_ledger.domain import agency, package
from village_ledger.domain.errors import BookFileError
from village_ledger.resources_dir import resource

ID = "village-ledger"


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file: how its name ends, and what it is called where files are listed."""

    ending: str
    words: str

    @property
    def mime(self) -> str:
        """Its MIME type."""
        return f"application/x-{ID}{self.ending.replace('.', '-')}"

    @property
    def program_id(self) -> str:
        """Its name in the registry."""
        return f"VillageLedger{self.ending}"


TYPES = (
    FileType(".vledger", "村账账簿"),
    FileType(package.ENDING, "村账送审包"),
    FileType(agency.ENDING, "村账代管工作区"),
)
_WINDOWS = sys.platform == "win32"


def register(program: Sequence[str] = ()) -> None:
    """From now on a double click on our files opens them with this program; raises BookFileError where it may not write."""
    command = list(program) or own_command()
    try:
        if _WINDOWS:
            _register_in_registry(command)
        else:
            _register_on_desktop(command)
    except OSError as error:
        raise BookFileError(
            "没能登记文件类型：这台电脑不让写个人设置", "请从程序里打开账簿，或请管这台电脑的人办。"
        ) from error


def unregister() -> None:
    """Take back what ``register`` wrote."""
    if _WINDOWS:
        _unregister_in_registry()
        return
    for path in (_desktop_entry(), _mime_file()):
        with suppress(OSError):
            path.unlink()
    _tell_desktop()


def is_registered() -> bool:
    """Whether this computer knows our files."""
    return _in_registry() if _WINDOWS else _desktop_entry().exists() and _mime_file().exists()


def own_command() -> list[str]:
    """How this program is started here: the installed one, else the checkout with the Python that runs now."""
    installed = shutil.which(ID)
    if installed:
        return [installed]
    main = resource().parent / "main.py"
    if main.exists():
        return [_windowed(sys.executable), str(main)]
    return [_windowed(sys.executable), "-m", "village_ledger.cli.main"]


def _windowed(python: str) -> str:
    """On Windows the Python that shows no black console."""
    quiet = Path(python).with_name("pythonw.exe")
    return str(quiet) if _WINDOWS and quiet.exists() else python


# other desktops than Windows


def _data_home() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def _desktop_entry() -> Path:
    return _data_home() / "applications" / f"{ID}.desktop"


def _mime_file() -> Path:
    return _data_home() / "mime" / "packages" / f"{ID}.xml"


def _register_on_desktop(command: Sequence[str]) -> None:
    for path, text in ((_desktop_entry(), desktop_entry(command)), (_mime_file(), mime_types())):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    _tell_desktop()


def desktop_entry(command: Sequence[str]) -> str:
    """The desktop entry that opens a file."""
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Version=1.0",
        "Name=村账",
        "Comment=村集体和村委会的两本账",
        f"Exec={' '.join(_quoted(one) for one in command)} open %f",
        f"Icon={resource('icons', 'book.svg')}",
        "Terminal=false",
        "Categories=Office;Finance;",
        f"MimeType={''.join(f'{one.mime};' for one in TYPES)}",
    )
    return "\n".join(lines) + "\n"


def _quoted(word: str) -> str:
    """An argument as a desktop entry wants it (Exec key of the specification): quoted, ``%`` doubled."""
    tidy = word.replace("%", "%%")
    for sign in ("\\", '"', "`", "$"):
        tidy = tidy.replace(sign, f"\\{sign}")
    # the entry's own string rules take one layer of back slashes off first
    return '"' + tidy.replace("\\", "\\\\") + '"'


def mime_types() -> str:
    """The MIME types; an ending is enough, whether a file is what it says the program looks itself."""
    types = "".join(
        f'  <mime-type type="{one.mime}">\n    <comment>{escape(one.words)}</comment>\n'
        f'    <glob pattern="*{one.ending}"/>\n  </mime-type>\n'
        for one in TYPES
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">\n{types}</mime-info>\n'
    )


def _tell_desktop() -> None:
    """Have the desktop read its folders again, where it has the tools; without them it does so at the next sign-in."""
    for tool, folder in (("update-mime-database", "mime"), ("update-desktop-database", "applications")):
        found = shutil.which(tool)
        if found:
            with suppress(OSError, subprocess.SubprocessError):
                subprocess.run(  # noqa: S603  the desktop's own tool, on our folder
                    [found, str(_data_home() / folder)],
                    check=False,
                    capture_output=True,
                    timeout=30,
                )


# Windows

_CLASSES = "Software\\Classes"


def registry_values(command: Sequence[str]) -> list[tuple[str, str]]:
    """(key below HKCU, its default value) of what Windows is told."""
    start = subprocess.list2cmdline(command)
    values: list[tuple[str, str]] = []
    for one in TYPES:
        home = f"{_CLASSES}\\{one.program_id}"
        values += [
            (f"{_CLASSES}\\{one.ending}", one.program_id),
            (home, one.words),
            (f"{home}\\shell\\open\\command", f'{start} open "%1"'),
        ]
    return values


if sys.platform == "win32":
    import winreg

    def _register_in_registry(command: Sequence[str]) -> None:
        for key, value in registry_values(command):
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
                winreg.SetValueEx(opened, "", 0, winreg.REG_SZ, value)

    def _unregister_in_registry() -> None:
        for one in TYPES:
            home = f"{_CLASSES}\\{one.program_id}"
            ways = (f"{home}\\shell\\open\\command", f"{home}\\shell\\open", f"{home}\\shell", home)
            for key in (*ways, f"{_CLASSES}\\{one.ending}"):
                with suppress(OSError):
                    winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)

    def _in_registry() -> bool:
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, f"{_CLASSES}\\{TYPES[0].program_id}"):
                return True
        except OSError:
            return False

else:

    def _register_in_registry(command: Sequence[str]) -> None:
        raise OSError(f"no registry for {command}")

    def _unregister_in_registry() -> None:
        raise OSError("no registry")

    def _in_registry() -> bool:
        return False
