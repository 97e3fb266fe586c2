"""Runs programs side by side: wall time, CPU time and peak memory.

Each turn runs all peers one after the other, in changing order, so that a busy moment of the machine hits all of them. A
ratio is the median of the ratios of each turn.
"""
import dataclasses
import glob
import os
import re
import statistics
import subprocess
import threading
import time

MEMORY_POLL = 0.002


class CannotRun(Exception):
    """A benchmark cannot run here. The table shows the reason."""


@dataclasses.dataclass
class Figures:
    """What one run took: seconds, CPU seconds, and MiB."""

    wall: float
    cpu: float
    mib: float


class PeakMemory(threading.Thread):
    """The sum of the peak memory of a process and of each process that it started, in MiB."""

    def __init__(self, process):
        super().__init__(daemon=True)
        self.process, self.peaks, self.ended = process, {}, threading.Event()
        self.start()

    def run(self):
        while not self.ended.wait(MEMORY_POLL):
            self._look(self.process)

    def _look(self, process):
        try:
            with open(f"/proc/{process}/status", encoding="ascii", errors="replace") as file:
                found = re.search(r"VmHWM:\s+(\d+)", file.read())
            if found:
                # The last one counts: a process that was just forked has the peak of its parent until it starts a
                # program of its own.
                self.peaks[process] = int(found[1])
            for path in glob.glob(f"/proc/{process}/task/*/children"):
                with open(path, encoding="ascii") as file:
                    for child in map(int, file.read().split()):
                        self._look(child)
        except OSError:
            pass

    def end(self):
        """Stops looking, and returns the sum."""
        self.ended.set()
        self.join()
        return sum(self.peaks.values()) / 1024


def run(command, folder, environment, memory=True):
    """Runs a program, or a line of shell, once.

    Args:
        command: the arguments of a program, or text for the shell.
        folder: the working folder.
        environment: the whole environment.
        memory: whether to look at the memory, which costs a little time.

    Returns:
        Its figures.

    Raises:
        CannotRun: it failed, or does not exist.
    """
    began = time.monotonic()
    try:
        process = subprocess.Popen(
            command, shell=isinstance(command, str), cwd=folder, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    except OSError as error:
        raise CannotRun(str(error)) from error
    watch = PeakMemory(process.pid) if memory else None
    errors = []
    reader = threading.Thread(target=lambda: errors.append(process.stderr.read()))
    reader.start()
    while process.stdout.read(1 << 20):
        pass
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - began
    reader.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    process.stderr.close()
    mib = watch.end() if watch else 0
    if process.returncode:
        words = errors[0].decode(errors="replace").strip()[-400:]
        raise CannotRun(f"{command if isinstance(command, str) else ' '.join(command)} ended with "
                        f"{process.returncode}: {words}")
    return Figures(wall, usage.ru_utime + usage.ru_stime, mib)


class Beside:
    """The figures of peers that ran in turns."""

    def __init__(self, turns):
        self.turns = turns

    def median(self, name, field="wall"):
        """The median of a peer's figures."""
        return statistics.median(getattr(each, field) for each in self.turns[name])

    def ratio(self, name, peer, field="wall"):
        """The median of the ratios of two peers, each of one turn."""
        return statistics.median(
            getattr(one, field) / max(getattr(other, field), 1e-9)
            for one, other in zip(self.turns[name], self.turns[peer]))


def beside(peers, folder, environment, turns, memory=True):
    """Runs peers in turns.

    Args:
        peers: commands by name, as for `run`.
        folder: the working folder.
        environment: the whole environment.
        turns: how often each peer runs.
        memory: whether to measure memory.

    Returns:
        A `Beside`.
    """
    figures = {name: [] for name in peers}
    for turn in range(turns):
        for name in list(peers)[:: -1 if turn % 2 else 1]:
            figures[name].append(run(peers[name], folder, environment, memory))
    return Beside(figures)
