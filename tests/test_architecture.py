"""The house plan holds: rooms, imports, files and what may stand in them."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "village_ledger"
SETUP = ROOT / "resources" / "setup"
REQUIREMENTS = sorted(SETUP.glob("requirements*.txt"))

TOP_LEVEL = {
    "village_ledger",
    "resources",
    "tests",
    "main.py",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
}
MOST_LINES = 400
# A file that is longer, and why it is one piece all the same.
LONGER: dict[str, str] = {}

# Made by building, running or testing; .gitignore lists them too.
BY_PRODUCTS = {"__pycache__", "out", "build", "dist", "node_modules"}
TEXT_SUFFIXES = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".sh",
    ".ps1",
    ".csv",
    ".in",
    ".json",
    ".cfg",
    ".ini",
    ".svg",
    ".ambr",
}

# As SQL is written here and nearly everywhere, in capitals; lower-case words are English.
SQL = re.compile(
    r"\s*(SELECT\s.+\sFROM\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|REPLACE\s+INTO\s"
    r"|CREATE\s+(TEMP\w*\s+|UNIQUE\s+)?(TABLE|TRIGGER|VIEW|INDEX)\s|(ALTER|DROP)\s+(TABLE|TRIGGER|VIEW|INDEX)\s"
    r"|PRAGMA\s|BEGIN\s+IMMEDIATE)",
    re.DOTALL,
)
HTTPS = "https:" + "//"
# Index pages and package files of any registry, and named registries.
REGISTRY = re.compile(
    r"https?://[^\s\"']+/(?:simple|packages|pool)/"
    r"|https?://registry\."
    r"|(?:pypi|pythonhosted|npmjs|npmmirror)\.(?:org|com)"
    r"|--(?:extra-)?index-url[ =]\S|--find-links[ =]\S"
)


@cache
def project_files() -> tuple[Path, ...]:
    """Every file of the project, without dot folders (environments, caches) and by-products."""
    found: list[Path] = []
    for folder, inner, names in os.walk(ROOT):
        inner[:] = [name for name in inner if not name.startswith(".") and name not in BY_PRODUCTS]
        inner[:] = [name for name in inner if not name.endswith(".egg-info")]
        found += [Path(folder, name) for name in names if not name.startswith(".")]
    return tuple(sorted(found))


def python_files() -> list[Path]:
    return [path for path in project_files() if path.suffix == ".py"]


def room(path: Path) -> str:
    """The first part below the package: domain, storage … or app.py."""
    return path.relative_to(PACKAGE).parts[0]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


class Read(NamedTuple):
    """What the tests ask of one file; the tree itself is not kept."""

    is_described: bool
    imported: frozenset[str]
    """Top-level names of every module it imports, anywhere in it."""
    strings: tuple[tuple[int, str], ...]
    """Every string with its line."""


@cache
def read(path: Path) -> Read:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported: set[str] = set()
    strings: list[tuple[int, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            imported.add(node.module.partition(".")[0])
        elif isinstance(node, ast.expr) and (text := text_of(node)):
            strings.append((node.lineno, text))
    return Read(bool(ast.get_docstring(tree)), frozenset(imported), tuple(strings))


def text_of(node: ast.AST) -> str | None:
    """The text of a string; of an f-string, with ``x`` for each field."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) or "x" for part in node.values)
    return None


def speaks_sql(path: Path) -> list[str]:
    return [f"{name_of(path)}:{line} {text[:40]!r}" for line, text in read(path).strings if SQL.match(text)]


def package_files_outside(*rooms: str) -> list[Path]:
    return [path for path in python_files() if path.is_relative_to(PACKAGE) and room(path) not in rooms]


def test_import_contracts_hold():
    linter = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert linter, "lint-imports is missing beside the running Python"
    kept = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert kept.returncode == 0, kept.stdout + kept.stderr


def test_only_the_window_speaks_qt():
    assert [
        name_of(path) for path in package_files_outside("ui", "app.py") if "PySide6" in read(path).imported
    ] == []


def test_only_storage_speaks_sql():
    outside = package_files_outside("storage")
    libraries = {"sqlalchemy", "alembic", "sqlite3"}
    assert [name_of(path) for path in outside if libraries & read(path).imported] == []
    assert [found for path in outside for found in speaks_sql(path)] == []


def test_the_search_for_sql_finds_what_storage_has():
    """So that the test above cannot pass by seeing nothing."""
    inside = [path for path in python_files() if path.is_relative_to(PACKAGE / "storage")]
    assert any(speaks_sql(path) for path in inside)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT code FROM account",
        "\n  INSERT OR REPLACE INTO voucher VALUES (1)",
        "UPDATE posting SET digest = 1",
        "PRAGMA user_version",
    ],
)
def test_sql_is_known_when_seen(text):
    assert SQL.match(text)


@pytest.mark.parametrize(
    "text", ["select a row from the list"[:8], "Update the totals", "Begin a month", "created from"]
)
def test_plain_words_are_not_taken_for_sql(text):
    assert not SQL.match(text)


def test_the_top_level_holds_only_what_the_plan_lists():
    there = {
        path.name
        for path in ROOT.iterdir()
        if not path.name.startswith(".") and path.name not in BY_PRODUCTS and path.suffix != ".egg-info"
    }
    assert there <= TOP_LEVEL
    assert {"village_ledger", "resources", "tests", "main.py", "pyproject.toml", "README.md"} <= there


def test_no_file_outgrows_its_reader():
    longer = {
        name_of(path)
        for path in python_files()
        if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES
    }
    assert longer == set(LONGER)


def test_every_module_says_what_it_is_for():
    assert [
        name_of(path)
        for path in python_files()
        if path.is_relative_to(PACKAGE) and not read(path).is_described
    ] == []


def test_everything_but_the_window_is_held_to_strict_types():
    pyright = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pyright"]
    rooms = {name_of(path.parent) for path in PACKAGE.glob("*/__init__.py")} - {"village_ledger/ui"}
    assert rooms | {"main.py", "village_ledger/*.py"} == set(pyright["strict"])


def test_no_address_of_a_package_registry_is_written_anywhere():
    found = [
        f"{name_of(path)}:{number}"
        for path in project_files()
        if path.suffix in TEXT_SUFFIXES and path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if REGISTRY.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        f"{HTTPS}mirror.example/pypi/simple/",
        f"{HTTPS}registry.example/lxml",
        "--index-url x",
        "--find-links=/x",
    ],
)
def test_a_registry_is_known_when_seen(line):
    assert REGISTRY.search(line)


def requirements(path: Path) -> list[str]:
    """The requirements of a pinned file, each with its hashes on one line."""
    text = "\n".join(
        line for line in path.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")
    )
    return [line.strip() for line in text.replace("\\\n", " ").splitlines() if line.strip()]


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_requirements_are_pinned_and_hashed(path):
    pinned = re.compile(r"[a-z0-9.-]+==[0-9][^\s;]*( ; [^-]+)?(\s+--hash=sha256:[0-9a-f]{64})+")
    lines = requirements(path)
    assert len(lines) > 10
    assert [line[:60] for line in lines if not pinned.fullmatch(line)] == []


def test_requirement_files_agree_on_versions():
    assert {path.name for path in REQUIREMENTS} == {"requirements.txt", "requirements-test.txt"}
    versions: dict[str, set[str]] = {}
    for path in REQUIREMENTS:
        for line in requirements(path):
            name, _, version = line.split()[0].partition("==")
            versions.setdefault(name, set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_what_the_project_asks_for_is_what_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {
        "requirements.txt": project["project"]["dependencies"],
        "requirements-test.txt": project["dependency-groups"]["test"],
    }
    for file, wanted in asked.items():
        pinned = {line.partition("==")[0] for line in requirements(SETUP / file)}
        assert {re.split(r"[\[<>=]", name)[0].lower() for name in wanted} <= pinned


NAMED_OTHERWISE = {
    "PIL": "pillow",
    "PySide6": "pyside6-essentials",
    "argon2": "argon2-cffi",
    "fontTools": "fonttools",
}
"""Modules whose package has another name."""


def test_the_program_imports_only_what_it_installs():
    """A package of the tests alone is not there on a village's machine."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    installed = {re.split(r"[<>=\[]", line)[0].lower() for line in data["project"]["dependencies"]}
    known = {*sys.stdlib_module_names, "village_ledger"}
    for path in sorted(PACKAGE.rglob("*.py")):
        for top in read(path).imported - known:
            assert NAMED_OTHERWISE.get(top, top).lower() in installed, f"{path.name} imports {top}"


def test_scripts_for_the_shell_and_for_windows_can_be_read_there():
    for path in SETUP.glob("*.sh"):
        assert b"\r" not in path.read_bytes(), path.name
    # Windows PowerShell 5.1 takes a file without this mark for the local code page and garbles its Chinese.
    assert (SETUP / "run.ps1").read_bytes().startswith(b"\xef\xbb\xbf")
