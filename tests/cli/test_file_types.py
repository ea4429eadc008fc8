"""Double-click: what the desktop and Windows are told of our files, and that it is taken back whole."""

from __future__ import annotations

import shlex

import pytest
from lxml.etree import parse

from village_ledger import file_types

SPEC = "{http://www.freedesktop.org/standards/shared-mime-info}"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A person's own folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path


def test_the_desktop_learns_our_files_and_forgets_them_again(home, run):
    said = run("associate")

    assert said.code == 0
    assert "送审包（.vlpkg）" in said.said
    assert file_types.is_registered()
    types = parse(home / "mime" / "packages" / "village-ledger.xml").getroot()
    globs = [one.get("pattern") for one in types.iter(f"{SPEC}glob")]
    assert globs == ["*.vledger", "*.vlpkg", "*.vlagency"]

    assert run("associate", "--remove").code == 0
    assert not file_types.is_registered()
    assert not list(home.rglob("village-ledger*"))


def test_the_entry_starts_this_program_with_the_file_that_was_clicked(home):
    file_types.register(["/opt/村账 100%/python", "/opt/村账/main.py"])

    entry = (home / "applications" / "village-ledger.desktop").read_text(encoding="utf-8")
    start = next(line for line in entry.splitlines() if line.startswith("Exec="))
    assert shlex.split(start.removeprefix("Exec=")) == [
        "/opt/村账 100%%/python",
        "/opt/村账/main.py",
        "open",
        "%f",
    ]
    mimes = next(line for line in entry.splitlines() if line.startswith("MimeType="))
    assert all(one.mime in mimes for one in file_types.TYPES)


def test_signs_a_shell_would_read_are_quoted_for_the_entry():
    entry = file_types.desktop_entry(['/opt/a"b$c`d\\e'])

    assert r'Exec="/opt/a\\"b\\$c\\`d\\\\e" open %f' in entry


def test_windows_is_told_the_ending_the_name_and_the_command():
    values = dict(file_types.registry_values([r"C:\村 账\pythonw.exe", r"C:\村 账\main.py"]))

    assert values[r"Software\Classes\.vlpkg"] == "VillageLedger.vlpkg"
    assert values[r"Software\Classes\VillageLedger.vlpkg"] == "村账送审包"
    start = values[r"Software\Classes\VillageLedger.vlpkg\shell\open\command"]
    assert start == r'"C:\村 账\pythonw.exe" "C:\村 账\main.py" open "%1"'


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(home, run):
    (home / "applications").write_text("not a folder", encoding="utf-8")

    said = run("associate")

    assert said.code in (1, 2)
    assert "没能登记文件类型" in said.said
    assert not file_types.is_registered()
