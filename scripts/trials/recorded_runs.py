"""Recordings for the trial of power loss: what sprun did to its files, and sent, from one run to the next."""
import json
import os
import sqlite3

import harness
import system_calls
import written_files

RECIPES = {
    "straight": """
local name, server = sp.params.name, sp.find_server{ name = "www1" }
local user = sp.create_sysuser{ serverid = server.id, name = name, password = sp.secret("user") }
local app = sp.create_app{ name = name, sysuserid = user.id, runtime = "php8.3", domains = { name .. ".example" } }
local db = sp.create_db{ appid = app.id, name = name, user = { name = name, password = sp.secret("db") } }
sp.update_app(app.id, { runtime = "php8.4" })
local gone = sp.create_app{ name = name .. "-gone", sysuserid = user.id, runtime = "php8.4" }
sp.delete_app(gone.id)
return { app = app.name, password = sp.secret("db") }
""",
    "side-by-side": """
local name, server = sp.params.name, sp.find_server{ name = "www1" }
local user = sp.create_sysuser{ serverid = server.id, name = name, password = sp.secret("user") }
sp.each({ name .. "-a", name .. "-b", name .. "-c" }, function(site)
    local app = sp.create_app{ name = site, sysuserid = user.id, runtime = "php8.4", domains = { site .. ".example" } }
    sp.create_db{ appid = app.id, name = site, user = { name = site, password = sp.secret(site) } }
    sp.update_app(app.id, { domains = { site .. ".example", "www." .. site .. ".example" } })
end)
""",
    "keys": """
local name, server = sp.params.name, sp.find_server{ name = "www1" }
local user = sp.create_sysuser{ serverid = server.id, name = name, password = sp.secret("user") }
local key = sp.create_sshkey{ name = name, public_key = "ssh-ed25519 AAAA" .. name }
sp.add_sysuser_sshkey(user.id, key.id)
sp.create_app{ name = name, sysuserid = user.id, runtime = "php8.4" }
""",
    # So much that the write-ahead log is taken into the database, and begun again, while the run goes on.
    "long": """
local name, server = sp.params.name, sp.find_server{ name = "www1" }
local user = sp.create_sysuser{ serverid = server.id, name = name, password = sp.secret("user") }
local app = sp.create_app{ name = name, sysuserid = user.id, runtime = "php8.4" }
for number = 1, 100 do
    local domains = {}
    for place = 1, 100 do
        domains[place] = string.rep("a", 50) .. "." .. string.rep("b", 50) .. place .. ".example" .. number
    end
    sp.app(app.id)
    sp.update_app(app.id, { domains = domains })
end
""",
}
CREDENTIALS = ["--client-id", "cid_power", "--api-key", "key_of_the_power_loss"]
TABLES = ["sshkeys", "sysusers", "apps", "dbs"]
# What a thread begins when its process is killed, and the greatest number of the one that it is.
KILLS = [("fdatasync", 12), ("pwrite64", 70), ("write", 25)]


class Failed(Exception):
    """sprun did not do what it should, without any loss of power."""


class Unusable(Exception):
    """A recording in which it is not clear what the simulator did, or when."""


class Journal:
    """What a journal of these files holds: `steps` (run, step) with an intent, `open_keys` whether one of an SSH key
    has no outcome, `ended` runs, `has_key` whether it has been made with a key; `fault` where it cannot be read."""

    def __init__(self, files, folder):
        self.steps, self.runs, self.ended, self.open_keys = set(), set(), set(), False
        self.has_key, self.fault = False, None
        for name in os.listdir(folder):
            os.remove(os.path.join(folder, name))
        for path, content in files.items():
            if content is not None and os.path.basename(path).startswith("journal.db"):
                with open(os.path.join(folder, os.path.basename(path)), "wb") as file:
                    file.write(content)
        database = sqlite3.connect(os.path.join(folder, "journal.db"))
        try:
            self._read(database)
        except sqlite3.DatabaseError as error:
            self.fault = str(error)
        finally:
            database.close()

    def _read(self, database):
        faults = database.execute("PRAGMA quick_check").fetchall()
        if faults != [("ok",)]:
            self.fault = f"{faults}"
        tables = {name for name, in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        if "entries" not in tables:
            return
        self.has_key = bool(database.execute("SELECT 1 FROM meta WHERE name = 'key_check'").fetchall())
        self.runs = {run for run, in database.execute("SELECT id FROM runs")}
        keys = 0
        for run, kind, step, operation in database.execute("SELECT run, kind, step, operation FROM entries"):
            if kind == "intent":
                self.steps.add((run, step))
            elif kind == "ended":
                self.ended.add(run)
            if operation == "create_sshkey":
                keys += {"intent": 1, "outcome": -1}.get(kind, 0)
        self.open_keys = keys > 0


class Recording:
    """Lives of sprun on one home, one after the other, each seen by strace; the simulator has ended at the end."""

    def __init__(self, user, dice, is_long):
        self.user, self.dice = user, dice
        for name, text in RECIPES.items():
            self.user.write(name + ".lua", text)
        os.mkdir(self.user.path("read"))
        self.disk = written_files.Disk(self.user.home)
        # Lives are (first moment, name of the run, words that begin it).
        self.moments, self.requests, self.lives = [], [], []
        self.settings = ["--speed", "200", "--seed", str(dice.randrange(1 << 32)), *CREDENTIALS]
        self.simulation = harness.Simulation(self.user, *self.settings)
        with self.simulation:
            plan = [dice.choice(["straight", "side-by-side", "keys"]), dice.choice(["straight", "side-by-side"])]
            killed = 1 if plan[0] != "keys" and dice.random() < 0.3 else 2
            for number, recipe in enumerate(plan + (["long"] if is_long else []), 1):
                self.run(recipe, f"site{number}", is_killed=number == killed)
            self.changes, self.account = self.simulation.changes(), things(self.simulation)
            self.ids = ids(self.simulation)
        files = self.disk.contents()
        self.key = files[os.path.join(self.user.home, "state", "journal.key")]
        self.journal = Journal(files, self.user.path("read"))
        self.name_steps()
        self.seen = self.in_order_of_arrival()

    def run(self, recipe, name, is_killed):
        words = ["run", recipe + ".lua", "name=" + name]
        call, most = self.dice.choice(KILLS)
        death = (call, self.dice.randint(1, most)) if is_killed else None
        self.live(name, words, words, death)
        if is_killed:
            journal = Journal(self.disk.contents(), self.user.path("read"))
            if journal.runs - journal.ended:
                self.live(name, ["resume"], words)
            elif not any(request for request in self.requests if request.life == len(self.lives)):
                self.live(name, words, words)

    def live(self, name, words, beginning, death=None):
        """Runs sprun, and adds what strace saw to the moments."""
        first, trace = len(self.moments), self.user.path("trace")
        self.lives.append((first, name, beginning))
        ended = self.user.run(*words, *self.user.yes, environment=self.simulation.environment,
                              prefix=system_calls.strace(trace, death))
        if ended.status != 0 and not (death and ended.status in (-9, 137)):
            raise Failed(f"without any loss of power, {' '.join(words)}: {ended}")
        moments = system_calls.read_trace(trace, self.user.home)
        os.remove(trace)
        for call, is_end in moments[:]:
            if not is_end and call.result is None and call.name == "pwrite64" and self.was_written(call):
                call.result = len(call.data)
                moments.append((call, True))
        for request in system_calls.requests_in(moments, first):
            request.life = len(self.lives)
            self.requests.append(request)
        self.moments += moments
        for moment in moments:
            self.disk.step(*moment)
        self.check_files()

    def was_written(self, call):
        """Whether another thread's write was done when the process was killed in the midst of it."""
        with open(call.target, "rb") as file:
            file.seek(call.offset)
            return file.read(len(call.data)) == call.data

    def check_files(self):
        """Sees that all that changes files was understood: what should be in them is in them."""
        found = {}
        for folder, _, names in os.walk(self.user.home):
            for name in names:
                if not name.endswith("-shm"):
                    with open(os.path.join(folder, name), "rb") as file:
                        found[os.path.join(folder, name)] = file.read()
        if found != self.disk.contents():
            raise Unusable("the files are not what the trace makes of them")

    def name_steps(self):
        """Gives each request the (run, step) of its intent, and each run the name of its sites."""
        steps, self.run_of = {}, {}
        for run in sorted(self.journal.runs):
            shown = self.user.run("show", run, "--all", "--json")
            if shown.status != 0:
                raise Failed(f"without any loss of power, show {run}: {shown}")
            for entry in json.loads(shown.output)["steps"]:
                if entry["kind"] == "intent":
                    # A request has the name in its body, or the id in its path; a run may know both.
                    for subject in {entry["object"], entry.get("id", entry["object"])}:
                        known = steps.setdefault((entry["operation"], subject), [])
                        known += [(run, entry["step"])] if (run, entry["step"]) not in known else []
                    self.run_of.setdefault(entry["object"], run)
        bodies = {}
        for request in self.requests:
            key = operation(request)
            known = bodies.setdefault(key, [])
            known += [request.body] if request.body not in known else []
            place = known.index(request.body)
            request.step = steps.get(key, [])[place] if place < len(steps.get(key, [])) else None

    def in_order_of_arrival(self):
        """The requests that the simulator has seen, in the order in which it has."""
        waiting = {}
        for request in self.requests:
            # One that was never sent, because its process was killed there, never arrived.
            if request.sent is not None:
                waiting.setdefault((request.method, request.path), []).append(request)
        for (_, path), group in waiting.items():
            # What was sent side by side arrived in the order in which the account has it.
            names = list(self.ids.get(path.rpartition("/")[2], {}))
            known = [place for place, request in enumerate(group) if named(request) in names]
            by_name = sorted((group[place] for place in known), key=lambda request: names.index(named(request)))
            for place, request in zip(known, by_name):
                group[place] = request
        seen = []
        for change in self.changes:
            group = waiting.get((change["method"], "/v1" + change["path"]))
            if not group:
                raise Unusable(f"the simulator saw a request that the trace has not: {change}")
            seen.append(group.pop(0))
        if any(waiting.values()):
            raise Unusable(f"requests got lost: {[group for group in waiting.values() if group]}")
        return seen


def operation(request):
    """The name of a request's operation, and what it is done to: (`create_app`, its name), (`update_app`, its id)."""
    way = request.path.removeprefix("/v1/").split("/")
    kind = way[0].removesuffix("s")
    if len(way) == 1:
        return f"create_{kind}", named(request)
    if len(way) == 3:
        return f"add_{kind}_{way[2].removesuffix('s')}", way[1]
    return ("delete_" if request.method == "DELETE" else "update_") + kind, way[1]


def named(request):
    return json.loads(request.body).get("name") if request.body else None


def ids(simulation):
    """The ids of what is in the simulator's account: table, then name, in the order in which they were made."""
    return {table: {row["name"]: row["id"] for row in simulation.account.rows(table)} for table in TABLES}


def things(simulation):
    """What is in the simulator's account, without the ids: (table, name, what it is set to) of each thing, sorted."""
    found = []
    for table in TABLES:
        for row in simulation.account.rows(table):
            domains = ",".join(domain["name"] for domain in row.get("domains", []))
            found.append((table, row["name"], f"{row.get('runtime', '')} {domains}"))
    return sorted(found)
