"""A run that is killed again and again does all it should, once.

A round is one run of one of the recipes below, with names of its own, on a simulated account. It is killed up to five
times in a row and resumed (begun again where it was not written down yet) until it ends. Half of the kills come at a
random time of the run's life; half after a random number of requests and some milliseconds, since a run mostly waits.
At times the simulator is killed, or both, and begins again on its store. Exit status 7 is answered as a careful person
does: after a look at the account. In half of the accounts two servers, and two SSH keys, may share their key.

Judged after each round, by tables, log and files alone:
- the account holds what this round should have made and all that was there before, each thing once, nothing else;
- the journal has one run more; it is done, each step has an outcome, and it counts as many changes as the recipe has;
- no more creations and deletions succeeded than the recipe has (but a server that a person had made again);
- processes ended with 0, by the kill, or for a reason: 7 for a server or an SSH key, or a step that was begun five
  times; 1 or 3 where the simulator was away. One that takes a minute is stuck, and so is a run after eight lives.
"""
import collections
import multiprocessing
import os
import random
import re
import time
import traceback

import harness

WORKERS = int(os.environ.get("SPRUN_WORKERS", "2"))
KILLS_IN_A_ROW, UNDISTURBED_LIVES = 5, 8
# A new account after so many rounds: the lists of an old one are long.
ROUNDS_OF_ACCOUNT = 100
# Half of the replies to changes are held for 20 ms: a kill then often comes between a change and its outcome.
SETTINGS = ["--speed", "200", "--fault", "writes:50%=delay,time=4s"]
LOOSE_RULES = ["--rule", "server-name-unique=off", "--rule", "sshkey-unique=off"]
VICTIMS = [("sprun",)] * 8 + [("simulator",), ("sprun", "simulator")]

BEGINNING = """
local name, server = sp.params.name, sp.find_server{ name = "www1" }
local function new_user(called) return { serverid = server.id, name = called, password = sp.secret(called) } end
local function new_app(user, called)
    return { name = called, sysuserid = user.id, runtime = "php8.3", domains = { called .. ".example" } }
end
local function new_db(app, called)
    return { appid = app.id, name = called, user = { name = called, password = sp.secret(called .. " db") } }
end
local function new_key(called) return { name = called, public_key = "ssh-ed25519 AAAA" .. called } end
local quick = { wait = false }
"""
RECIPES = {
    "straight": """
local user = sp.ensure_sysuser(new_user(name))
local key = sp.ensure_sshkey(new_key(name), quick)
local app = sp.ensure_app(new_app(user, name), quick)
sp.create_db(new_db(app, name))
sp.update_app(app.id, { runtime = "php8.4" })
sp.add_sysuser_sshkey(user.id, key.id)
""",
    "each": """
local user = sp.ensure_sysuser(new_user(name), quick)
sp.each({ name .. "a", name .. "b", name .. "c" }, function(site)
    local wanted = new_app(user, site)
    local app = sp.ensure_app(wanted, quick)
    sp.ensure_db(new_db(app, site), quick)
    wanted.domains = { site .. ".example", "www." .. site .. ".example" }
    sp.ensure_app(wanted, quick)
end)
""",
    "deletes": """
local user, leaving = table.unpack(sp.each({ name, name .. "gone" }, function(called)
    return (sp.create_sysuser(new_user(called)))
end))
local kept, gone = table.unpack(sp.each({ name, name .. "gone" }, function(called)
    return (sp.create_app(new_app(user, called)))
end))
sp.create_db(new_db(gone, name))
local function update() sp.update_app(kept.id, { runtime = "php8.4" }) end
sp.all{ function() sp.delete_app(gone.id) end, function() sp.delete_sysuser(leaving.id) end, update }
""",
    "undecided": """
local _, first, second = table.unpack(sp.all{
    function() sp.create_server{ name = name } return true end,
    function() return (sp.create_sshkey(new_key(name .. "a"))) end,
    function() return (sp.create_sshkey(new_key(name .. "b"))) end,
})
local user = sp.create_sysuser(new_user(name))
sp.all{ function() sp.add_sysuser_sshkey(user.id, first.id) end, function() sp.delete_sshkey(second.id) end }
""",
}
# The changes that each recipe makes.
CHANGES = {recipe: collections.Counter(operations.split()) for recipe, operations in {
    "straight": "create_sysuser create_sshkey create_app create_db update_app add_sysuser_sshkey",
    "each": "create_sysuser" + 3 * " create_app create_db update_app",
    "deletes": 2 * "create_sysuser create_app " + "create_db delete_app delete_sysuser update_app",
    "undecided": "create_server create_sshkey create_sshkey create_sysuser add_sysuser_sshkey delete_sshkey",
}.items()}
# What of each table is judged; where a row has another's id, that one's name.
FIELDS = {"servers": ["name", "plan"], "sshkeys": ["name", "public_key"], "sysusers": ["server", "name", "sshkeys"],
          "apps": ["server", "sysuser", "name", "runtime", "domains"], "dbs": ["server", "app", "name", "user_name"]}


def wanted_things(recipe, name):
    """What a recipe should have made, by FIELDS."""
    user, app = ("sysusers", "www1", name, ()), ("apps", "www1", name, name, "php8.4", (f"{name}.example",))
    if recipe == "straight":
        return [("sshkeys", name, f"ssh-ed25519 AAAA{name}"), ("sysusers", "www1", name, (name,)), app,
                ("dbs", "www1", name, name, name)]
    if recipe == "each":
        sites = [name + letter for letter in "abc"]
        apps = [("apps", "www1", name, site, "php8.3", (f"{site}.example", f"www.{site}.example")) for site in sites]
        return [user, *apps, *[("dbs", "www1", site, site, site) for site in sites]]
    if recipe == "deletes":
        return [user, app]
    return [("servers", name, "economy"), ("sysusers", name, "serverpilot", ()),
            ("sysusers", "www1", name, (name + "a",)), ("sshkeys", name + "a", f"ssh-ed25519 AAAA{name}a")]


def things_there(account):
    """What the account's tables hold, by FIELDS, each as often as it is there."""
    rows = {table: account.rows(table) for table in FIELDS}
    names = {row["id"]: row["name"] for table in rows.values() for row in table}

    def told(value):
        if isinstance(value, list):
            return tuple(sorted(told(element) for element in value))
        return value["name"] if isinstance(value, dict) else names.get(value, value)

    return collections.Counter((table, *(told(row[field]) for field in fields))
                               for table, fields in FIELDS.items() for row in rows[table])


class Account:
    """A user with one simulated account, and (seconds, requests) of an undisturbed run of each recipe."""

    def __init__(self, sprun, dice):
        self.user, self.dice = harness.User(sprun), dice
        for recipe, text in RECIPES.items():
            self.user.write(recipe + ".lua", BEGINNING + text)
        self.simulation = harness.Simulation(
            self.user, *SETTINGS, "--seed", str(dice.randrange(1 << 32)), *dice.choice([[], LOOSE_RULES]))
        # None that a connection can be given: it has to be free when the simulator begins again.
        self.simulation.port = dice.randrange(20000, 30000)
        self.lengths, self.has_findings = {}, False

    def logged(self):
        """How many requests the simulator has answered."""
        with open(self.simulation.log, "rb") as file:
            return file.read().count(b"\n")


class Round:
    """A run from its beginning through its deaths to its end."""

    def __init__(self, account, recipe, name):
        self.account, self.recipe, self.name = account, recipe, name
        # The first of each kind is not disturbed: it tells how long it is.
        self.deaths = account.dice.randint(1, KILLS_IN_A_ROW) if recipe in account.lengths else 0
        self.tally, self.findings = collections.Counter(runs=1), []
        self.beginning = ["run", "--yes", f"{recipe}.lua", f"name={name}"]
        # A journal that has many runs, or one that is new: also its making can be killed.
        home = account.dice.choice([account.user.home, account.user.path(name)])
        self.environment = {**account.simulation.environment, "SPRUN_HOME": home}
        self.journal = harness.JournalTables(os.path.join(home, "state", "journal.db"))
        self.things = things_there(account.simulation.account)
        self.runs_before = {run for run, _, _ in self.journal.runs()}
        self.changes_before, self.logged_before = len(account.simulation.changes()), account.logged()

    def play(self):
        words, undisturbed, in_a_row, begun = self.beginning, 0, 0, time.monotonic()
        while words and undisturbed < UNDISTURBED_LIVES:
            victims = self.account.dice.choice(VICTIMS) if self.deaths else ()
            self.deaths = max(0, self.deaths - 1)
            ended = self.live(words, victims)
            run, status, _ = (self.new_runs() or [(None, None, 0)])[0]
            if ended.status == -9 and "sprun" in victims and "(killed: it was stuck" not in ended.error:
                in_a_row += 1
                self.tally.update(["kills", f"{in_a_row} in a row"] + ["before it was written down"] * (run is None))
                words = ["resume", "--yes", run] if run else self.beginning
            else:
                in_a_row, undisturbed = 0, undisturbed + 1
                words = self.next_words(ended, run, "simulator" in victims)
            words = None if status == "done" else words
        if words:
            self.find(f"stuck: no end after {undisturbed} lives without a kill, the last: {ended}")
        length = time.monotonic() - begun, self.account.logged() - self.logged_before
        self.account.lengths.setdefault(self.recipe, length)
        self.judge()

    def live(self, words, victims):
        """Lets sprun run, and kills whom it should."""
        account, dice, simulation = self.account, self.account.dice, self.account.simulation
        begun, logged = time.monotonic(), account.logged()
        program = account.user.start(*words, environment=self.environment)
        if victims:
            seconds, requests = account.lengths[self.recipe]
            is_timed, end = dice.random() < 0.5, begun + dice.uniform(0, 1.1 * seconds)
            last = logged + dice.randint(1, max(1, self.logged_before + requests - logged))
            while program.poll() is None and (time.monotonic() < end if is_timed else account.logged() < last):
                time.sleep(0.001)
            # So soon after a request, a commit or the next one is under way.
            time.sleep(0 if is_timed else dice.uniform(0, 0.03))
        if "simulator" in victims:
            simulation.kill()
            self.tally["kills of the simulator"] += 1
            # Now and then for longer than sprun tries to connect.
            time.sleep(dice.uniform(0, dice.choice([1] * 9 + [15])))
        if "sprun" in victims:
            program.kill()
        if "simulator" in victims:
            simulation.start()
        return harness.finish(program, begun)

    def new_runs(self):
        return [run for run in self.journal.runs() if run[0] not in self.runs_before]

    def next_words(self, ended, run, was_away):
        """What a person types next; nothing when the run has ended, or ended as it must not."""
        if ended.status == 7:
            return self.decision(ended, run)
        if ended.status in (1, 3) and was_away:
            self.tally["failed without the simulator"] += 1
            return ["resume", "--yes", run] if run else self.beginning
        return self.find(f"ended as it must not: {ended}") if ended.status else None

    def decision(self, ended, run):
        """Decides after a look at the account."""
        self.tally["decided by a person"] += 1
        operation, called, reason = re.search(r"SP0702\]: sp\.(\w+) (\S+?): (.*)", ended.error).groups()
        if operation not in ("create_server", "create_sshkey") and "begun 5 times" not in reason:
            self.find(f"a person is asked without need: {ended}")
        for row in self.account.simulation.account.rows("sshkeys"):
            if operation == "create_sshkey" and row["name"] == called:
                return ["resume", "--yes", run, "--adopt", row["id"]]
        return ["resume", "--yes", run, "--recreate"]

    def find(self, what):
        self.account.has_findings = True
        self.findings.append(f"{self.recipe} {self.name} in {self.account.user.folder}: {what}")

    def judge(self):
        there = things_there(self.account.simulation.account)
        wanted = self.things + collections.Counter(wanted_things(self.recipe, self.name))
        if there != wanted:
            self.find(f"missing: {list((wanted - there).elements())}, too much: {list((there - wanted).elements())}")
        changes = CHANGES[self.recipe]
        if [run[1:] for run in self.new_runs()] != [("done", changes.total())]:
            self.find(f"the journal has {self.new_runs()} and not one run with {changes.total()} changes")
        entries = [entry for entry in self.journal.entries() if entry[0] not in self.runs_before]
        begun, ended = ({entry[3:5] for entry in entries if entry[2] == kind} for kind in ("intent", "outcome"))
        if begun != ended:
            self.find(f"these steps have no intent, or no outcome: {begun ^ ended}")
        requests = self.account.simulation.changes()[self.changes_before:]
        done = collections.Counter(request["operation"] for request in requests if request["status"] == 200)
        # That a person had a server made again is no second one.
        done["create_server"] -= done.pop("delete_server", 0)
        for operation in {*changes, *done}:
            count, right = done[operation], changes[operation]
            # Settings may be made again. A simulator that is killed may have done what it could not log any more.
            if operation.startswith(("create_", "delete_")) and (
                    count > right or (count < right and not self.tally["kills of the simulator"])):
                self.find(f"{operation} succeeded {count} times instead of {right}")


def play_rounds(sprun, number, seed, kills, queue):
    """A worker: plays rounds until so many kills have hit; puts (tally, findings) of each round, and None at last."""
    dice, done, played = random.Random(f"{seed} {number}"), 0, 0
    try:
        while done < kills:
            account = Account(sprun, dice)
            with account.simulation:
                for recipe in [*RECIPES, *dice.choices(list(RECIPES), k=ROUNDS_OF_ACCOUNT)]:
                    played += 1
                    round_ = Round(account, recipe, f"w{number}r{played}")
                    round_.play()
                    queue.put((round_.tally, round_.findings))
                    done += round_.tally["kills"]
                    if done >= kills:
                        break
            if not account.has_findings:
                account.user.remove()
    except BaseException:
        queue.put((collections.Counter(), [f"the trial itself failed: {traceback.format_exc()}"]))
    queue.put(None)


def main():
    given = harness.options(__doc__.partition("\n")[0], 300, "kills")
    queue, begun, tally, findings = multiprocessing.Queue(), time.monotonic(), collections.Counter(), []
    for number in range(WORKERS):
        share = (given.size + number) // WORKERS
        multiprocessing.Process(target=play_rounds, args=(given.sprun, number, given.seed, share, queue)).start()
    for more, found in (played for _ in range(WORKERS) for played in iter(queue.get, None)):
        tally, findings = tally + more, findings + found
        for finding in found:
            print(f"  {finding}", flush=True)
        if tally["kills"] // 500 > (tally["kills"] - more["kills"]) // 500:
            print(f"  {tally['kills']} kills, {len(findings)} findings, {time.monotonic() - begun:.0f} s", flush=True)
    others = [f"{count} in a row" for count in range(2, KILLS_IN_A_ROW + 1)] + [
        "before it was written down", "kills of the simulator", "failed without the simulator", "decided by a person"]
    harness.report("kills", f"{tally['kills']} kills in {tally['runs']} runs ("
                   + ", ".join(f"{tally[what]} {what}" for what in others) + ")", findings)


if __name__ == "__main__":
    main()
