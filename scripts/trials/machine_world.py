"""Everything that a new server needs, on loopback, for the trial `connect`.

The simulator with a store, a provider that is slow and puts requests off, a real sshd that is every machine, and an
installer that tells the simulator that the server has connected. The recipes are copies of those that ship, in which
the provider's address is the stand-in's and pauses are short; nothing else is changed.
"""
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time

import harness

HERE = os.path.dirname(os.path.abspath(__file__))
RECIPES = os.path.join(HERE, "..", "recipes")
FIXTURES = os.path.join(HERE, "..", "..", "Tests", "SprunCommandsTests", "Fixtures")
# Copied with their folders; what they import is beside them.
COPIED = ["new-server.lua", "remove-server.lua", "new-site.lua", "providers/digitalocean.lua", "providers/hetzner.lua",
          "providers/provider-calls.lua"]
HOSTS = {"digitalocean": "api.digitalocean.com", "hetzner": "api.hetzner.cloud"}
# Pauses of the recipes, and what they are here: the stand-in counts questions, not seconds.
PAUSES = {"local SETTLE = { 2, 5, 10 }": "local SETTLE = { 0.1, 0.1, 0.1 }", "local PACE = 5": "local PACE = 0.1"}
TOKEN = "canary-of-the-provider-3f1c9a"
NAME, DOMAIN, USER = "www3", "acme.example", "acme"
# A slow provider that puts off every seventh request.
SLOW = {"polls": 2, "throttle_every": 7, "retry_after": 1}


class StandIn:
    """A fixture that runs beside, until it is stopped by its own id; its first line tells what it is."""

    def __init__(self, name, *arguments):
        self.program = subprocess.Popen(
            [sys.executable, os.path.join(FIXTURES, name), *arguments], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, text=True)
        line = self.program.stdout.readline()
        if not line:
            raise RuntimeError(f"{name} did not start")
        self.told = json.loads(line)

    def stop(self):
        self.program.send_signal(signal.SIGTERM)
        try:
            self.program.wait(10)
        except subprocess.TimeoutExpired:
            self.program.kill()
            self.program.wait()
        self.program.stdout.close()


class Watch(threading.Thread):
    """Looks at /proc for all that a process starts, and keeps what others could read there."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.seen, self.ended = pid, set(), threading.Event()

    def run(self):
        while not self.ended.is_set():
            self.look(self.pid)
            time.sleep(0.002)

    def look(self, pid):
        for name in ("cmdline", "environ"):
            with contextlib.suppress(OSError), open(f"/proc/{pid}/{name}", "rb") as file:
                self.seen.add((name, file.read()))
        with contextlib.suppress(OSError):
            for task in os.listdir(f"/proc/{pid}/task"):
                with open(f"/proc/{pid}/task/{task}/children", encoding="ascii") as file:
                    for child in file.read().split():
                        self.look(int(child))

    def stop(self):
        self.ended.set()
        self.join()
        return self.seen


class World:
    """A user with recipes and an SSH key, a new account, a new provider and a new machine; `with` ends all of it."""

    def __init__(self, sprun, api, seed):
        self.user, self.api, self.seen, self.open = harness.User(sprun), api, set(), []
        self.machine = self.user.path("machine")
        os.makedirs(self.machine)
        self.user.write("token", TOKEN + "\n")
        for key in ("id", "other"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", key, "-f", self.user.path(key)],
                           check=True)
        self.simulation = harness.Simulation(self.user, "--speed", "200", "--seed", str(seed), "--autossl-delay", "0s")

    def __enter__(self):
        self.simulation.start()
        self.provider = self.begin("provider.py", "--state", self.user.path("provider.json"), "--files", FIXTURES,
                                   "--token", "@" + self.user.path("token"), "--settings", json.dumps(SLOW))
        self.host = self.begin("sshd.py", "--folder", self.user.path("sshd"), "--authorized", self.user.path("id.pub"),
                               "--environment", f"STAND_IN_FOLDER={self.machine}", "--environment",
                               f"STAND_IN_SIMULATOR=http://127.0.0.1:{self.simulation.port}")
        self.copy_recipes()
        return self

    def __exit__(self, failure, *_):
        for stand_in in self.open:
            stand_in.stop()
        self.simulation.__exit__(None, None, None)
        if failure is None and not getattr(self, "is_kept", False):
            self.user.remove()

    def begin(self, *words):
        self.open.append(StandIn(*words))
        return self.open[-1].told

    def copy_recipes(self):
        """The recipes that ship, with other hosts and pauses; a word that is not there any more is an error."""
        address = self.provider["url"]
        words = {f"https://{host}": address for host in HOSTS.values()}
        words |= {f'"{host}"': f'"{address.partition("//")[2]}"' for host in HOSTS.values()}
        words |= PAUSES
        found = set()
        os.makedirs(self.user.path("providers"))
        for name in COPIED:
            with open(os.path.join(RECIPES, name), encoding="utf-8") as file:
                text = file.read()
            for word, other in words.items():
                if word in text:
                    found.add(word)
                    text = text.replace(word, other)
            self.user.write(name, text)
        if found != set(words):
            raise RuntimeError(f"the recipes do not say {set(words) - found}")

    def spoil(self, **settings):
        """Changes how the provider behaves."""
        subprocess.run(["curl", "--silent", "--fail", "--output", "/dev/null", "--data", json.dumps(settings),
                        self.provider["url"] + "/_stand_in"], check=True)

    def words(self, verb, **changed):
        """The command line that makes the server, with some parameters changed."""
        parameters = {
            "provider": self.api, "token": "@" + self.user.path("token"), "name": NAME, "domain": DOMAIN,
            "public_key": self.user.path("id.pub"), "identity": self.user.path("id"), "timeout": "60s",
            "ssh_user": self.host["user"], "ssh_port": self.host["port"], "known_hosts": self.user.path("known_hosts"),
            "installer": self.provider["url"] + "/files/installer.sh"} | changed
        options = ["--result", self.user.path("result.json")] if verb == "run" else []
        return [verb, *(["--yes"] if verb == "run" else []), *options, "new-server.lua",
                *(f"{name}={value}" for name, value in parameters.items() if value is not None)]

    def sprun(self, *words, until=None):
        """Runs sprun under watch, to its end or until `until` says to kill it."""
        begun = time.monotonic()
        program = self.user.start(*words, environment=self.simulation.environment)
        watch = Watch(program.pid)
        watch.start()
        while until and program.poll() is None:
            if until():
                program.kill()
                break
            time.sleep(0.001)
        ended = harness.finish(program, begun)
        self.seen |= watch.stop()
        return ended

    @property
    def run(self):
        """The newest run's id and status."""
        runs = self.user.journal.runs()
        return runs[-1][:2] if runs else (None, None)

    def provided(self):
        with open(self.user.path("provider.json"), encoding="utf-8") as file:
            return json.load(file)

    def counted(self, name):
        """The lines of one of the installer's files."""
        try:
            with open(os.path.join(self.machine, name), encoding="utf-8") as file:
                return file.read().splitlines()
        except FileNotFoundError:
            return []

    def rows(self, table):
        return self.simulation.account.rows(table)

    def faults_of_secrets(self):
        """Secrets that /proc showed."""
        secrets = {TOKEN, *self.counted("keys")}
        with contextlib.suppress(FileNotFoundError, ValueError):
            result = json.loads(self.user.read("result.json"))
            secrets |= {value for name, value in flat(result) if "password" in name or name == "apikey"}
        return [f"a secret was in the {where} of {text[:60]!r}" for where, text in self.seen
                for secret in secrets if secret.encode() in text]

    @property
    def saw_ssh(self):
        """Whether the watch saw an ssh at all: one that sees nothing says nothing."""
        return any(b"ssh" in text.split(b"\0")[0] for where, text in self.seen if where == "cmdline")

    def faults_of_things(self, has_site=True):
        """What is not there exactly once."""
        provided, faults = self.provided(), []

        def once(what, things):
            if len(things) != 1:
                faults.append(f"{len(things)} {what} instead of one: {things!s:.300}")
            return things

        once("machines", [machine["id"] for machine in provided["machines"]])
        if provided["creations"] != 1 or len(provided["keys"]) != 1:
            faults.append(f"{provided['creations']} machines and {len(provided['keys'])} keys were made")
        servers = once("records", [row for row in self.rows("servers") if row["name"] == NAME])
        ids = {row["id"] for row in servers}
        if not all(row.get("connected") for row in servers):
            faults.append("the server has not connected")
        installed = once("installations", self.counted("installed"))
        once("begun installations", self.counted("begun"))
        if not set(installed) <= ids or self.counted("refused"):
            faults.append(f"installed for {installed}, refused: {self.counted('refused')}")
        users = [row for row in self.rows("sysusers") if row["server"] in ids and row["name"] != "serverpilot"]
        for table, rows in [("users", users), *((table, [row for row in self.rows(table) if row["server"] in ids])
                                                for table in ("apps", "dbs") if has_site)]:
            once(table, [row["name"] for row in rows])
        own = " ".join(self.user.read("id.pub").split()[:2])
        keys = once("SSH keys", [row for row in self.rows("sshkeys") if row["public_key"].startswith(own)])
        if users and keys and keys[0]["id"] not in json.dumps(users[0].get("sshkeys", [])):
            faults.append("the user does not have the SSH key")
        return faults


def flat(value, name=""):
    """(name, text) of every text in a document."""
    if isinstance(value, dict):
        for key, element in value.items():
            yield from flat(element, key)
    elif isinstance(value, list):
        for element in value:
            yield from flat(element, name)
    elif isinstance(value, str):
        yield name, value
