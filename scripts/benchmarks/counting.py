"""Counts instructions with callgrind. They are the same on a busy machine.

sprun ends sprun-lua with SIGKILL, and sprun-lua forbids itself files and most system calls. So a copy of sprun starts a
script in the place of sprun-lua. The script runs sprun-lua in valgrind as a process of its own, which ends when sprun
closes its socket. `shims` has what is loaded into both, and why. Debug information is removed from the copies: valgrind
cannot read that of every compiler, and it changes no instruction.
"""
import glob
import os
import re
import shutil
import subprocess
import time

from measuring import CannotRun

FOLDER = os.path.dirname(os.path.abspath(__file__))
CALLGRIND = "valgrind --tool=callgrind --callgrind-out-file="
# The time that sprun-lua has to write its counts after sprun has ended.
WRITING = 20


class Counter:
    """Counts the instructions of sprun, of sprun-lua, and of other programs."""

    def __init__(self, sprun, folder):
        for tool in ("valgrind", "strip"):
            if not shutil.which(tool):
                raise CannotRun(f"{tool} is missing (scripts/bootstrap --bench)")
        self.folder = os.path.join(folder, "counted")
        self.counts = os.path.join(self.folder, "counts")
        os.makedirs(self.counts)
        self.sprun, lua = os.path.join(self.folder, "sprun"), os.path.join(self.folder, "lua")
        for source, copy in ((sprun, self.sprun), (os.path.join(os.path.dirname(sprun), "sprun-lua"), lua)):
            subprocess.run(["strip", "-o", copy, source], check=True)
        self.shim = self._compiled("sigsuspend")
        wrapper = os.path.join(self.folder, "sprun-lua")
        with open(wrapper, "w", encoding="utf-8") as file:
            file.write(f"#!/bin/sh\nPATH={os.environ['PATH']}\nexport PATH\nLD_PRELOAD={self._compiled('unconfined')} "
                       f"{CALLGRIND}{self.counts}/lua.%p {lua} 2>{self.counts}/errors\nexit $?\n")
        os.chmod(wrapper, 0o755)

    def _compiled(self, name):
        path = os.path.join(self.folder, f"{name}.so")
        # Swift comes with clang.
        subprocess.run([shutil.which("clang") or "cc", "-shared", "-fPIC", "-D_GNU_SOURCE", "-o", path,
                        os.path.join(FOLDER, "shims", f"{name}.c")], check=True)
        return path

    def program(self, command, folder, environment, stdin=subprocess.DEVNULL):
        """Counts the instructions of one program that starts no others, and returns them with its output."""
        path = os.path.join(self.counts, "program")
        if command[0] == self.sprun:
            environment = environment | {"LD_PRELOAD": self.shim}
        try:
            done = subprocess.run(
                [*CALLGRIND.split()[:-1], f"--callgrind-out-file={path}", *command], cwd=folder, env=environment,
                stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
            if done.returncode:
                words = done.stderr.decode(errors="replace")
                shown = "\n".join(line for line in words.splitlines() if not line.startswith("=="))
                raise CannotRun(f"{' '.join(command)} ended with {done.returncode} under valgrind: {shown[-400:]}")
            return total(path), done.stdout
        finally:
            if os.path.exists(path):
                os.unlink(path)

    def run(self, arguments, folder, environment):
        """Counts the instructions of sprun and of its sprun-lua for a command that runs one recipe."""
        self._forget()
        own, _ = self.program([self.sprun, *arguments], folder, environment)
        return own, self._lua()

    def lua(self, arguments, folder, environment):
        """Counts only the instructions of sprun-lua for a command that runs one recipe, which is faster."""
        self._forget()
        done = subprocess.run([self.sprun, *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        if done.returncode:
            raise CannotRun(f"sprun ended with {done.returncode}: {done.stderr.decode(errors='replace')[-400:]}")
        return self._lua()

    def _forget(self):
        for path in glob.glob(f"{self.counts}/lua.*"):
            os.unlink(path)

    def _lua(self):
        """The count of the sprun-lua that has just ended, or is about to."""
        until = time.monotonic() + WRITING
        while time.monotonic() < until:
            for path in glob.glob(f"{self.counts}/lua.*"):
                counted = total(path, missing=None)
                if counted:
                    return counted
            time.sleep(0.05)
        with open(f"{self.counts}/errors", encoding="utf-8", errors="replace") as file:
            raise CannotRun(f"sprun-lua was not counted: {file.read()[-400:]}")


def total(path, missing=0):
    """The instructions in a file of callgrind."""
    with open(path, encoding="utf-8", errors="replace") as file:
        found = re.search(r"^totals: (\d+)", file.read(), re.M)
    return int(found[1]) if found else missing
