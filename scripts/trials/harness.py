"""What the trials of the durability figures share: a user, a simulator, and judges that read tables.

Nothing here knows how sprun works inside: programs are started and killed, files and tables are read with Python's own
sqlite3. A trial prints its seed first, and last one line `Fn  what was done: what came of it  ok|FAILED`.
"""
import argparse
import functools
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

# So long a single program may take before it counts as stuck.
STUCK_AFTER = 60


def options(description, size, what, **numbers):
    """The arguments that every trial has: where sprun is, how much to do, from which seed.

    More numbers are given as `name=(default, help)`.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--sprun", default=os.environ.get("SPRUN", ".build/debug/sprun"), help="the program to try")
    parser.add_argument("--size", type=int, default=size, help=f"how many {what} (default {size})")
    parser.add_argument("--seed", type=int, default=None, help="replays a trial; a new one without")
    for name, (default, words) in numbers.items():
        parser.add_argument(f"--{name}", type=int, default=default, help=f"{words} (default {default})")
    given = parser.parse_args()
    given.sprun = os.path.abspath(given.sprun)
    if not os.access(given.sprun, os.X_OK):
        parser.error(f"there is no program at {given.sprun}")
    if given.seed is None:
        given.seed = random.randrange(1 << 32)
    print(f"seed {given.seed}", flush=True)
    return given


def report(figure, done, findings):
    """The last line of a trial, and its exit status; every finding is told above it."""
    for finding in findings[:50]:
        print(f"  {finding}", flush=True)
    print(f"{figure}  {done}: {len(findings)} findings  {'FAILED' if findings else 'ok'}", flush=True)
    sys.exit(1 if findings else 0)


class Finished:
    """A program that has ended: its exit status (negative: the signal), what it wrote, how long it took."""

    def __init__(self, status, output, error, seconds):
        self.status, self.output, self.error, self.seconds = status, output, error, seconds

    def __repr__(self):
        return f"exit {self.status} after {self.seconds:.2f} s: {self.error.strip()[-600:]}"


class User:
    """Somebody with a folder of their own and nothing in the environment but what a trial puts there."""

    def __init__(self, sprun):
        self.sprun = sprun
        self.folder = tempfile.mkdtemp(prefix="sprun-trial-")
        self.home = os.path.join(self.folder, "home")
        self.environment = {"SPRUN_HOME": self.home, "PATH": os.environ["PATH"]}

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def start(self, *arguments, environment=None, prefix=()):
        """Starts sprun without waiting for it."""
        return subprocess.Popen(
            [*prefix, self.sprun, *arguments], cwd=self.folder, env={**self.environment, **(environment or {})},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace")

    def run(self, *arguments, environment=None, prefix=(), kill_after=None):
        """Runs sprun to its end, or kills it with SIGKILL after so many seconds."""
        begun = time.monotonic()
        program = self.start(*arguments, environment=environment, prefix=prefix)
        return finish(program, begun, kill_after)

    @functools.cached_property
    def yes(self):
        """What confirms deletions, where this sprun asks."""
        return ("--yes",) if "--yes" in self.run("run", "--help").output else ()

    @property
    def journal(self):
        return JournalTables(os.path.join(self.home, "state", "journal.db"))


def finish(program, begun, kill_after=None):
    """Waits for a program that was started at `begun`, and kills it with SIGKILL after so many seconds."""
    limit = STUCK_AFTER if kill_after is None else kill_after
    try:
        output, error = program.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        program.kill()
        output, error = program.communicate()
        if kill_after is None:
            error += f"\n(killed: it was stuck for {limit} s)"
    return Finished(program.returncode, output, error, time.monotonic() - begun)


class Simulation:
    """`sprun simulate` on loopback with its account in a SQLite store, which outlives it.

    `with` starts and stops it; `kill` is SIGKILL; `start` after it begins again on the same port and store.
    """

    def __init__(self, user, *arguments, name="account"):
        self.user, self.arguments = user, arguments
        self.store = user.path(f"{name}.db")
        self.log = user.path(f"{name}.jsonl")
        self.port = free_port()
        self.environment = {}
        self.program = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        if self.program is not None:
            self.program.send_signal(signal.SIGTERM)
            try:
                self.program.wait(20)
            except subprocess.TimeoutExpired:
                self.program.kill()
                self.program.wait()
            self.program.stdout.close()

    def start(self):
        """Starts it and waits until it accepts connections."""
        self.program = subprocess.Popen(
            [self.user.sprun, "simulate", "--port", str(self.port), "--store", self.store, "--log", self.log,
             *self.arguments],
            cwd=self.user.folder, env=self.user.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        for _ in range(3):
            line = self.program.stdout.readline()
            if not line.startswith("export "):
                raise RuntimeError(f"the simulator did not start: {line!r}")
            name, value = line[len("export "):].strip().split("=", 1)
            self.environment[name] = value.strip("'\"")

    def kill(self):
        """SIGKILL: what was answered is in the store, all else is gone."""
        self.program.kill()
        self.program.wait()
        self.program.stdout.close()

    @property
    def account(self):
        return AccountTables(self.store)

    def requests(self):
        """The log's lines, as dicts with `method`, `path`, `status`, `operation` and more."""
        if not os.path.exists(self.log):
            return []
        with open(self.log, encoding="utf-8") as file:
            return [json.loads(line) for line in file if line.endswith("\n")]

    def changes(self):
        """Requests that change something, whatever came of them."""
        return [request for request in self.requests() if request.get("method") in ("POST", "DELETE")]


class AccountTables:
    """The tables of the simulator's store: servers, sshkeys, sysusers, apps, dbs, actions; a document each."""

    def __init__(self, path):
        self.path = path

    def rows(self, table):
        with sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=20) as database:
            return [json.loads(row[0]) for row in database.execute(f"SELECT document FROM {table} ORDER BY position")]


class JournalTables:
    """The journal's tables as they lie in the file; what a row's body holds is encrypted and stays unread."""

    def __init__(self, path):
        self.path = path

    def _all(self, query):
        if not os.path.exists(self.path):
            return []
        database = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=20)
        try:
            return database.execute(query).fetchall()
        except sqlite3.OperationalError as error:
            # It was killed when it was being made, and has no tables yet.
            if "no such table" not in str(error) and "readonly" not in str(error):
                raise
            return []
        finally:
            database.close()

    def entries(self):
        """(run, position, kind, step, operation, site) of every entry, in order."""
        return self._all("SELECT run, position, kind, step, operation, site FROM entries ORDER BY run, position")

    def runs(self):
        """(id, status, changes), the oldest first."""
        return self._all("SELECT id, status, changes FROM runs ORDER BY started, rowid")

    def spans(self):
        """(id, when it began, when something of it was last written), in nanoseconds, the oldest first."""
        return self._all("SELECT id, started, updated FROM runs ORDER BY started, rowid")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
