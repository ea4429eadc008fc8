"""A package from a stranger is opened, proven and reviewed without a file anywhere but where it was asked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import Village
from tests.review.township import a_year, packed, sent, signed_again, unpacked

ROOT = Path(__file__).parents[2]
linux = pytest.mark.skipif(sys.platform != "linux", reason="what an open folder is called is asked of /proc")
WATCH = """
import json, os, sys
from pathlib import Path
commands, allowed = json.loads(sys.argv[1])
TWO = ("os.rename", "os.link", "os.symlink")
ONE = ("os.mkdir", "os.remove", "os.rmdir", "os.truncate", "os.chmod")
NEVER = ("subprocess.Popen", "os.system", "os.exec", "socket.connect")

def out(*words):
    sys.stderr.write(" ".join(("OUTSIDE", *map(str, words))) + chr(10))
    os._exit(77)

def where(path, handle):
    base = os.readlink(f"/proc/self/fd/{handle}") if handle not in (-1, None) else os.getcwd()
    return Path(base, os.fsdecode(path)).resolve()

def heard(event, args):
    if event in NEVER:
        out(event)
    if event == "open" and isinstance(args[0], str | bytes) and (args[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        places = [where(args[0], -1)]
    elif event in TWO:
        places = [where(args[0], args[2]), where(args[1], args[3] if len(args) > 3 else -1)]
    elif event in ONE:
        places = [where(args[0], args[-1] if event in ("os.mkdir", "os.remove", "os.rmdir") else -1)]
    else:
        return
    for place in places:
        if str(place) != os.devnull and not any(place.is_relative_to(Path(one).resolve()) for one in allowed):
            out(event, place)

sys.dont_write_bytecode = True
from village_ledger.cli.main import main
sys.addaudithook(heard)
sys.exit(max(main(argv) for argv in commands))
"""
"""Commands in a process that dies at the first file it makes, moves or removes elsewhere, and at the first it starts or calls."""


def _watched(commands: list[list[str]], allowed: list[Path], temp: Path) -> str:
    """What watched commands say; fails where one wrote elsewhere."""
    places = [*map(str, allowed), str(temp), os.environ["VILLAGE_LEDGER_CACHE"]]
    done = subprocess.run(
        [sys.executable, "-c", WATCH, json.dumps([commands, places])],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(temp)},
        timeout=120,
    )
    assert done.returncode in (0, 1, 2), done.stderr
    assert list(temp.iterdir()) == []
    return done.stdout + done.stderr


@linux
def test_opening_and_reviewing_write_nowhere_but_where_they_may(village: Village, tmp_path: Path) -> None:
    a_year(village)
    inbox, desk, temp, keys = (tmp_path / name for name in ("收件", "乡镇", "临时", "钥匙"))
    for folder in (inbox, temp):
        folder.mkdir()
    sound = sent(village, inbox).path
    village.book.close()
    _who_want_out(sound)
    review = ["review", str(inbox), "-o", str(desk), "--by", "张审", "--key", str(keys / "key")]
    said = _watched([review, *(["verify", str(path)] for path in inbox.iterdir())], [desk, keys], temp)
    assert "审阅了 3 个送审包" in said
    assert said.count("不该有的文件") == 4


def _who_want_out(sound: Path) -> None:
    """Packages beside a sound one that try to get somewhere else."""
    members = unpacked(sound)
    changes = {
        "出去": [*members, ("attachments/../../evil", b"!")],
        "绝对": [*members, (str(sound.parent.parent / "evil"), b"!")],
        "村名": signed_again(members, lambda manifest: manifest.__setitem__("village", "../../evil")),
        "长名": signed_again(members, lambda manifest: manifest.__setitem__("village", "村" * 400)),
    }
    for name, changed in changes.items():
        packed(sound.with_name(f"{name}.vlpkg"), changed)


@linux
def test_who_watches_sees_what_is_written_elsewhere(village: Village, tmp_path: Path) -> None:
    a_year(village)
    package = sent(village, tmp_path).path
    village.book.close()
    temp = tmp_path / "临时"
    temp.mkdir()
    argv = [
        "review",
        str(package),
        "-o",
        str(tmp_path / "乡镇"),
        "--by",
        "张审",
        "--key",
        str(tmp_path / "k"),
    ]
    with pytest.raises(AssertionError, match="OUTSIDE"):
        _watched([argv], [], temp)
