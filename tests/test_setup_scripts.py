"""run.sh on machines in every state, with stand-ins for apt, dpkg and Python that note what they are asked."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ("common.sh", "run.sh", "requirements.txt")


class Machine:
    """A folder of stand-in commands and a copy of the scripts; ``calls`` are the commands given to the stand-ins."""

    def __init__(self, folder: Path) -> None:
        self.project = folder / "my village"
        self.setup = self.project / "resources" / "setup"
        self.commands = folder / "bin"
        self.venv = folder / "environment"
        self.log = folder / "calls"
        self.out = folder / "papers"
        for made in (self.setup, self.commands, self.venv / "bin"):
            made.mkdir(parents=True)
        for name in SCRIPTS:
            shutil.copy(ROOT / "resources" / "setup" / name, self.setup)
        self.stand_in(self.commands / "dpkg-query", "printf installed")
        self.stand_in(self.commands / "apt-cache", "true")
        self.stand_in(self.commands / "apt-get", "true", noted=True)
        self.stand_in(self.commands / "sudo", 'exec "$@"')
        self.stand_in(self.venv / "bin" / "python", "true", noted=True)

    def stand_in(self, path: Path, behaviour: str, *, noted: bool = False) -> None:
        note = (
            f'printf "{path.name}" >>"$CALLS"; printf " %q" "$@" >>"$CALLS"; echo >>"$CALLS"\n'
            if noted
            else ""
        )
        path.write_text(f"#!/usr/bin/env bash\n{note}{behaviour}\n", encoding="utf-8")
        path.chmod(0o755)

    def python(self, behaviour: str) -> None:
        self.stand_in(self.venv / "bin" / "python", behaviour, noted=True)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run run.sh on this machine, which has no screen."""
        environment = {
            "PATH": f"{self.commands}:{os.environ['PATH']}",
            "LANG": "C.UTF-8",
            "HOME": str(self.project.parent),
            "CALLS": str(self.log),
            "VILLAGE_LEDGER_VENV": str(self.venv),
            "VILLAGE_LEDGER_OUT": str(self.out),
        }
        script = ["bash", str(self.setup / "run.sh"), *arguments]
        return subprocess.run(
            script, env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60
        )

    def calls(self, start: str) -> list[str]:
        """The noted commands that begin with the given words, in order, without the probes ``-c``."""
        noted = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        return [line for line in noted if line.startswith(start) and " -c " not in line]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Everything Debian offers is installed; the virtual environment is there but empty."""
    return Machine(tmp_path)


@pytest.fixture
def ready(machine: Machine) -> Machine:
    """The same machine after a first run."""
    assert machine.run("verify", "book").returncode == 0
    machine.log.unlink()
    return machine


def test_the_first_run_installs_hashed_requirements_once(machine: Machine):
    machine.run("verify", "book")
    installed = machine.calls("python -m pip install")
    assert len(installed) == 1
    assert "--require-hashes" in installed[0]
    assert "requirements.txt" in installed[0]


def test_the_second_run_installs_nothing(ready: Machine):
    again = ready.run("verify", "book")
    assert again.returncode == 0
    assert again.stderr == ""
    assert ready.calls("apt-get") == []
    assert ready.calls("python -m") == []


def test_changed_requirements_are_installed_again(ready: Machine):
    (ready.setup / "requirements.txt").write_text("lxml==6.1.3\n", encoding="utf-8")
    ready.run("verify", "book")
    assert len(ready.calls("python -m pip install")) == 1


def test_arguments_reach_the_program_as_they_are(ready: Machine):
    wanted = ["report", "我 村.vledger", "trial-balance", "-o", "a'b\"c.pdf", ""]
    ready.python(r'[ "$1" = -c ] || printf "%s\0" "${@:2}"')
    assert ready.run(*wanted).stdout.split("\0")[:-1] == wanted


@pytest.mark.parametrize("code", [0, 1, 2])
def test_the_programs_exit_code_and_output_are_passed_on(ready: Machine, code):
    ready.python(f'[ "$1" = -c ] && exit 0; echo figures; exit {code}')
    done = ready.run("verify", "book")
    assert (done.returncode, done.stdout) == (code, "figures\n")


def test_only_missing_packages_are_installed(machine: Machine):
    machine.stand_in(
        machine.commands / "dpkg-query", 'case "${!#}" in libegl1) exit 1 ;; *) printf installed ;; esac'
    )
    machine.run("verify", "book")
    (installed,) = [call for call in machine.calls("apt-get") if " install " in call]
    assert installed.split(" install ")[1].split() == ["-y", "--no-install-recommends", "libegl1"]


def test_a_font_of_the_other_family_will_do(machine: Machine):
    machine.stand_in(
        machine.commands / "dpkg-query",
        'case "${!#}" in fonts-noto-cjk) exit 1 ;; *) printf installed ;; esac',
    )
    machine.run("verify", "book")
    assert machine.calls("apt-get") == []


def test_packages_that_cannot_be_installed_stop_the_start_with_a_sentence(machine: Machine):
    machine.stand_in(machine.commands / "dpkg-query", "exit 1")
    machine.stand_in(machine.commands / "apt-get", "echo no route to the archive >&2; exit 100", noted=True)
    refused = machine.run("verify", "book")
    assert refused.returncode == 1
    assert "no route to the archive" in refused.stderr
    assert "系统软件包没有装上。账簿没有变化。请接通网络后再运行一次。" in refused.stderr
    assert machine.calls("python") == []


def test_a_broken_installation_starts_over(machine: Machine):
    machine.python('[ "$1" = -m ] && exit 1; exit 0')
    refused = machine.run("verify", "book")
    assert refused.returncode == 1
    assert "Python 软件包没有装上。" in refused.stderr
    machine.python("true")
    machine.run("verify", "book")
    assert len(machine.calls("python -m pip install")) == 2


def test_without_a_screen_the_demonstration_village_goes_on_paper(ready: Machine):
    done = ready.run()
    reports = [call for call in ready.calls("python ") if " report " in call]
    assert done.returncode == 0
    assert len(ready.calls("python ")) == 1 + len(reports)  # the village itself is made first
    assert sum(" trial-balance " in call for call in reports) == 2 * 2
    assert sum(" disclosure " in call for call in reports) == 2 * 4 * 2
    assert sum(" --format pdf " in call for call in reports) == sum(
        " --format xlsx " in call for call in reports
    )
    assert "没有屏幕" in done.stderr
    assert done.stderr.rstrip().endswith(str(ready.out))


def test_a_report_that_fails_is_not_called_done(ready: Machine):
    ready.python('case "$*" in *" disclosure "*) exit 1 ;; esac')
    done = ready.run()
    assert done.returncode == 1
    assert "写好了" not in done.stderr
