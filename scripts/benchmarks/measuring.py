"""Runs commands side by side: wall time, CPU time, peak memory, and instructions.

A peer is a name and a shell command. Each turn runs all peers one after the other, in changing order, so that a busy
moment of the machine hits all of them. The figures are medians.
"""
import dataclasses
import glob
import os
import re
import statistics
import subprocess
import tempfile
import threading
import time

PAGE = 1 << 20
POLL = 0.002


@dataclasses.dataclass
class Figures:
    """What one command took."""

    wall: float
    cpu: float
    mib: float
    instructions: int | None = None


class PeakMemory(threading.Thread):
    """The sum of the greatest memory of a process and of each process that it started, in MiB."""

    def __init__(self, process):
        super().__init__(daemon=True)
        self.process, self.peaks, self.ended = process, {}, threading.Event()
        self.start()

    def run(self):
        while not self.ended.wait(POLL):
            self._look(self.process)

    def _look(self, process):
        try:
            with open(f"/proc/{process}/status", encoding="ascii", errors="replace") as file:
                found = re.search(r"VmHWM:\s+(\d+)", file.read())
            if found:
                self.peaks[process] = max(self.peaks.get(process, 0), int(found[1]))
            for path in glob.glob(f"/proc/{process}/task/*/children"):
                with open(path, encoding="ascii") as file:
                    for child in map(int, file.read().split()):
                        self._look(child)
        except OSError:
            pass

    def end(self):
        self.ended.set()
        self.join()
        return sum(self.peaks.values()) / 1024


def run(command, folder, environment=None):
    """Runs a shell command once. Fails if it fails."""
    process = subprocess.Popen(
        ["/bin/sh", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)
    began = time.monotonic()
    memory = PeakMemory(process.pid)
    reader = threading.Thread(target=process.stdout.read)
    reader.start()
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - began
    reader.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    process.stderr.close()
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}: {errors.decode(errors='replace')[-800:]}")
    return Figures(wall, usage.ru_utime + usage.ru_stime, memory.end())


def beside(peers, folder, turns=5, environment=None):
    """Measures peers beside each other.

    Args:
        peers: shell commands by name.
        folder: the folder in which they run.
        turns: how often each runs.
        environment: the environment; the caller's without.

    Returns:
        The medians by name.
    """
    figures = {name: [] for name in peers}
    for turn in range(turns):
        for name in list(peers)[:: -1 if turn % 2 else 1]:
            figures[name].append(run(peers[name], folder, environment))
    return {
        name: Figures(*(statistics.median(getattr(each, field) for each in all_)
                        for field in ("wall", "cpu", "mib")))
        for name, all_ in figures.items()}


def instructions(command, folder, environment=None):
    """Counts the instructions of a command and of the processes that it starts, with callgrind."""
    with tempfile.TemporaryDirectory(prefix="sprun-count-") as counts:
        counted = ("valgrind --tool=callgrind --trace-children=yes --trace-children-skip=/bin/sh,/usr/bin/dash "
                   f"--callgrind-out-file={counts}/%p {command}")
        done = subprocess.run(
            ["/bin/sh", "-c", counted], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        total = 0
        for path in glob.glob(f"{counts}/*"):
            with open(path, encoding="utf-8", errors="replace") as file:
                found = re.search(r"^(?:summary|totals): (\d+)", file.read(), re.M)
            total += int(found[1]) if found else 0
    if done.returncode or not total:
        raise SystemExit(f"{command}: not counted: {done.stderr.decode(errors='replace')[-800:]}")
    return total
