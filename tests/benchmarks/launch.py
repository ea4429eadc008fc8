"""Runs a command and says what it took, as JSON: seconds, highest memory in MiB, processor seconds, exit code, its last words.

    launch.py COMMAND …

A process of its own, because the kernel begins to count a child's memory with that of whoever started it: started by a bench
that holds books in memory, every command would seem as large as the bench.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time


def main(command: list[str]) -> None:
    """Run it to its end; its output is thrown away."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    took = [seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime]
    print(json.dumps([*took, process.returncode, said.decode(errors="replace")[-2000:]]))


if __name__ == "__main__":
    main(sys.argv[1:])
