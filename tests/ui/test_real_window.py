"""The window on a real screen: an X server of its own, and a tool that looks at it from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests import made

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60


def test_the_window_comes_up_with_the_village_in_its_title(tmp_path):
    book = made.demo(tmp_path)
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL) as screen:
        os.close(writing)
        try:
            with os.fdopen(reading) as said:
                display = f":{said.readline().strip()}"
            around = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
            around["VILLAGE_LEDGER_CONFIG"] = str(tmp_path / "settings.json")
            ours = [sys.executable, str(ROOT / "main.py"), "open", str(book)]
            with subprocess.Popen(ours, env=around, stderr=subprocess.PIPE, text=True) as program:
                try:
                    found = subprocess.run(
                        ["xdotool", "search", "--sync", "--onlyvisible", "--name", "青山村"],
                        env=around,
                        capture_output=True,
                        text=True,
                        timeout=PATIENCE_S,
                        check=False,
                    )
                finally:
                    program.terminate()
        finally:
            screen.terminate()
    assert found.stdout.strip(), found.stderr
