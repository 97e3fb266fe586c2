"""One run at a time changes an account, and one that lost it changes nothing more.

Rounds of three kinds, in turn; in each, processes of sprun work on one simulated account:
- crowd: two to eight begin at once, or some of them while another, mostly the owner, is stopped by SIGSTOP; it goes on
  by SIGCONT later. Their recipe makes one user and changes it some times.
- new: the same on a new SPRUN_HOME, so that all of them make the journal at the same moment.
- take-over: an owner is stopped after one of its changes, its lock file is removed as if locks did not hold there,
  another run takes the account over, and then the first goes on; at last two or three resume it at once.

Judged by exit statuses, the journal's tables, the simulator's log and tables:
- one run or more ended with 0 (later ones find the user there), all the others with 5 and SP0108 and without a run in
  the journal; no two runs overlap in time; no change was made more often than those that ended with 0 have it;
- one exception, counted as `kept`: a process that is stopped for longer than others wait for a file, in the midst of a
  write, cannot be got round; who comes then ends with 5 and SP0711, and nothing of it has begun;
- who is refused ends within 1 s, unless it was stopped itself; more is a finding where it is also 20 times the median;
- an owner that lost its account ends with 5 and SP0704; it writes no entry and sends no change after that. A request
  whose intent was on the disk already when it was stopped may still go out: such are counted, `late`;
- resumed, the first run does the rest: everything is there once.
"""
import collections
import glob
import os
import random
import shutil
import signal
import sqlite3
import statistics
import time

import harness

# In seconds, more than anybody waits for a file.
LONG = 7
# A new account and home after so many rounds: the lists and the journal of an old one are long.
ROUNDS_OF_ACCOUNT = 60
APPS = 12
CROWD = """
local server = sp.find_server{ name = "www1" }
local user = sp.ensure_sysuser({ serverid = server.id, name = sp.params.name }, { wait = false })
for number = 1, tonumber(sp.params.changes) do
    sp.update_sysuser(user.id, { password = sp.secret("password " .. number) })
end
sp.sleep(tonumber(sp.params.pause))
"""
FIRST = f"""
local name, server = sp.params.name, sp.find_server{{ name = "www1" }}
local user = sp.create_sysuser{{ serverid = server.id, name = name }}
for number = 1, {APPS} do
    sp.create_app{{ name = name .. "-" .. number, sysuserid = user.id, runtime = "php8.4" }}
end
"""
SECOND = """
sp.create_sshkey{ name = sp.params.name, public_key = "ssh-ed25519 AAAA" .. sp.params.name }
sp.sleep(tonumber(sp.params.pause))
sp.create_sshkey{ name = sp.params.name, public_key = "ssh-ed25519 AAAB" .. sp.params.name }
"""
# What the first one does in a take-over, and the second does not.
CHANGES_OF_FIRST = ("create_sysuser", "create_app")


class Contender:
    """A process of sprun, and how it ended; `seconds` is how long it took."""

    def __init__(self, user, words, environment):
        self.begun = time.monotonic()
        self.program = user.start(*words, environment=environment)
        self.seconds, self.was_stopped, self.ended = None, False, None

    @property
    def status(self):
        return self.ended.status

    def stop(self):
        if self.program.poll() is None:
            self.was_stopped = True
            self.program.send_signal(signal.SIGSTOP)

    def go_on(self):
        self.program.send_signal(signal.SIGCONT)

    def has_ended(self):
        """Looks, and notes when it is seen for the first time that it has."""
        if self.ended is None and self.program.poll() is not None:
            self.seconds = time.monotonic() - self.begun
            self.ended = harness.finish(self.program, self.begun)
        elif self.ended is None and time.monotonic() > self.begun + harness.STUCK_AFTER:
            self.program.kill()
        return self.ended is not None

    def __repr__(self):
        return f"{'stopped and continued, ' * self.was_stopped}{self.ended}"


def attend(contenders, until=lambda: False):
    """Waits until all have ended, or something else is true."""
    while not all([contender.has_ended() for contender in contenders]) and not until():
        time.sleep(0.002)


def owner_among(contenders):
    """The one that holds the account, as the kernel tells it; nothing where it does not."""
    if not os.path.exists("/proc/locks"):
        return None
    with open("/proc/locks", encoding="ascii") as file:
        holders = {words[4] for words in map(str.split, file) if words[1] == "FLOCK"}
    return next((contender for contender in contenders if str(contender.program.pid) in holders), None)


class Account:
    """A user with one simulated account, on which rounds are played."""

    def __init__(self, sprun, dice):
        self.user, self.dice = harness.User(sprun), dice
        for name, text in {"crowd": CROWD, "first": FIRST, "second": SECOND}.items():
            self.user.write(name + ".lua", text)
        self.simulation = harness.Simulation(self.user, "--speed", "200", "--seed", str(dice.randrange(1 << 32)))
        self.tally, self.findings, self.refusals = collections.Counter(), [], []

    def play(self, kind, name):
        self.kind, self.name, self.home = kind, name, self.user.home
        if kind == "new":
            self.home = self.user.path(name)
        self.journal = harness.JournalTables(os.path.join(self.home, "state", "journal.db"))
        self.runs_before = {run for run, _, _ in self.journal.runs()}
        self.logged_before = len(self.simulation.changes())
        self.tally["rounds"] += 1
        (self.take_over if kind == "take-over" else self.crowd)()
        if kind == "new" and not self.findings:
            shutil.rmtree(self.home)

    def begin(self, *words):
        return Contender(self.user, words, {**self.simulation.environment, "SPRUN_HOME": self.home})

    def find(self, what):
        self.findings.append(f"{self.kind} {self.name} in {self.user.folder}: {what}")

    def new_runs(self):
        return [run for run in self.journal.runs() if run[0] not in self.runs_before]

    def count(self, *operations):
        """How often the simulator was asked for such changes in this round, and did them."""
        return sum(request["status"] == 200 and request["operation"] in operations
                   for request in self.simulation.changes()[self.logged_before:])

    def named(self, table):
        return sum(row["name"].startswith(self.name) for row in self.simulation.account.rows(table))

    # Several at once.

    def crowd(self):
        dice, changes = self.dice, self.dice.randint(0, 60)
        words = ("run", "crowd.lua", f"name={self.name}", f"changes={changes}", f"pause={dice.uniform(0.2, 0.8)}")
        size = dice.randint(2, 8)
        at_once = dice.choice([size, dice.randint(1, size - 1)])
        contenders = [self.begin(*words) for _ in range(at_once)]
        moment = time.monotonic() + dice.uniform(0, 0.5)
        attend(contenders, lambda: time.monotonic() > moment)
        victim = (dice.random() < 0.7 and owner_among(contenders)) or dice.choice(contenders)
        victim.stop()
        contenders += [self.begin(*words) for _ in range(size - at_once)]
        pause = dice.choice([dice.uniform(0, 1.5)] * 4 + [LONG])
        moment = time.monotonic() + pause
        attend([contender for contender in contenders if contender is not victim], lambda: time.monotonic() > moment)
        victim.go_on()
        attend(contenders)
        self.judge_crowd(contenders, changes, may_be_kept=pause == LONG and victim.was_stopped)

    def judge_crowd(self, contenders, changes, may_be_kept):
        done = [contender for contender in contenders if contender.status == 0]
        self.tally["with one that proceeds"] += len(done) == 1
        for contender in contenders:
            if contender.status == 5 and "SP0108" in contender.ended.error:
                self.tally["refused"] += 1
                if not contender.was_stopped:
                    self.refusals.append((contender.seconds, f"{self.kind} {self.name}: refused: {contender}"))
            elif may_be_kept and contender.status == 5 and "SP0711" in contender.ended.error:
                self.tally["kept"] += 1
            elif contender.status != 0:
                self.find(f"neither done nor refused: {contender}")
        if not done:
            self.find(f"nobody proceeds: {contenders}")
        # A later one that finds the user and has nothing to change is not recorded.
        recorded = len(done) if changes else min(1, len(done))
        if [status for _, status, _ in self.new_runs()] != ["done"] * recorded:
            self.find(f"{len(done)} ended with 0, and the journal has {self.new_runs()}")
        spans = [span for span in self.journal.spans() if span[0] not in self.runs_before]
        for (earlier, _, end), (later, begin, _) in zip(spans, spans[1:]):
            if begin <= end:
                self.find(f"the run {later} began {(end - begin) / 1e9} s before the end of {earlier}")
        counts = self.named("sysusers"), self.count("create_sysuser"), self.count("update_sysuser")
        if counts != (1, 1, changes * len(done)):
            self.find(f"users, creations and updates are {counts} for {len(done)} runs with {changes} updates")

    # One after the other.

    def take_over(self):
        dice = self.dice
        first = self.begin("run", "first.lua", f"name={self.name}")
        changes = dice.randint(1, APPS)
        attend([first], lambda: self.count(*CHANGES_OF_FIRST) >= changes)
        time.sleep(dice.uniform(0, 0.01))
        first.stop()
        # What was under way arrives.
        time.sleep(0.1)
        try:
            before = self.of_first()
        except sqlite3.OperationalError:
            # It has the journal to itself at that moment: it is closing it.
            before = [], 0
        if first.has_ended() or "ended" in before[0]:
            self.tally["ended before it was stopped"] += 1
            first.go_on()
            return attend([first])
        os.remove(*glob.glob(os.path.join(self.home, "state", "account-*.lock")))
        second = self.begin("run", "second.lua", f"name={self.name}", f"pause={dice.uniform(0, 0.3)}")
        is_alone = dice.random() < 0.5
        attend([second], lambda: not is_alone and self.count("create_sshkey"))
        has_taken_over = self.count("create_sshkey") > 0
        first.go_on()
        attend([first, second])
        self.judge_first(first, before, has_taken_over)
        # Who was stopped in the midst of a commit keeps the journal, and cannot be taken over.
        if second.status == 5 and not has_taken_over:
            self.tally["kept"] += 1
        elif second.status != 0 or self.named("sshkeys") != 2:
            self.find(f"the second one did not proceed: {second}")
        self.resume_first(first)
        counts = self.named("sysusers"), self.named("apps"), self.count(*CHANGES_OF_FIRST)
        if counts != (1, APPS, 1 + APPS):
            self.find(f"users, apps and creations are {counts}, not {(1, APPS, 1 + APPS)}")

    def of_first(self):
        """What the first one has written, in kinds of entries, and how many changes it has sent."""
        self.run = self.new_runs()[0][0]
        kinds = [kind for run, _, kind, _, _, _ in self.journal.entries() if run == self.run]
        return kinds, sum(request["operation"] in CHANGES_OF_FIRST
                          for request in self.simulation.changes()[self.logged_before:])

    def judge_first(self, first, before, has_taken_over):
        if not has_taken_over:
            return
        self.tally["taken over"] += 1
        (kinds, sent), (kinds_after, sent_after) = before, self.of_first()
        if first.status != 5 or "SP0704" not in first.ended.error:
            self.find(f"the first one went on: {first}")
        if kinds_after != kinds:
            self.find(f"the first one wrote {kinds_after[len(kinds):]} after it was taken over")
        self.tally["late"] += sent_after - sent
        if sent_after > max(sent, kinds.count("intent")):
            self.find(f"the first one sent {sent_after - sent} changes after it was taken over, and had written "
                      f"{kinds.count('intent')} intents and sent {sent} before")

    def resume_first(self, first):
        if first.status == 0:
            return
        contenders = [self.begin("resume", self.run) for _ in range(self.dice.randint(2, 3))]
        attend(contenders)
        # One that comes when all is done has nothing to resume.
        statuses = {contender.status for contender in contenders}
        if 0 not in statuses or statuses - {0, 5, 64}:
            self.find(f"resumed: {contenders}")


def main():
    given = harness.options(__doc__.partition("\n")[0], 30, "rounds")
    dice, begun = random.Random(given.seed), time.monotonic()
    tally, findings, refusals, number = collections.Counter(), [], [], 0
    while number < given.size:
        account = Account(given.sprun, dice)
        with account.simulation:
            for number in range(number + 1, min(given.size, number + ROUNDS_OF_ACCOUNT) + 1):
                account.play(("crowd", "new", "take-over")[number % 3], f"round{number}")
        tally, findings, refusals = tally + account.tally, findings + account.findings, refusals + account.refusals
        if not account.findings:
            account.user.remove()
        print(f"  {number} rounds, {len(findings)} findings, {time.monotonic() - begun:.0f} s", flush=True)
    times = sorted(seconds for seconds, _ in refusals) or [0]
    middle = statistics.median(times)
    findings += [what for seconds, what in refusals if seconds > max(1, 20 * middle)]
    harness.report(
        "owners", f"{tally['rounds']} rounds ({tally['with one that proceeds']} crowds with one that proceeds, "
        f"{tally['refused']} refused: median {middle:.3f} s, p99 {times[len(times) * 99 // 100]:.3f} s, most "
        f"{times[-1]:.3f} s; {tally['taken over']} taken over, {tally['late']} late, "
        f"{tally['kept']} kept, {tally['ended before it was stopped']} ended before they were stopped)", findings)


if __name__ == "__main__":
    main()
