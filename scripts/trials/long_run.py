"""A run of 10,000 steps is resumed in under 10 s and 200 MiB, without a request for a finished step.

Two recipes of that many steps (creates, updates, reads, a wait, random numbers), one in a straight line and one side
by side, stop with an error at their end, and are resumed: all that is left is to give back what is recorded. The steps
are counted in the journal, the requests of the resume in the simulator's log; that it came to the same end, it prints.
Time and memory are the process's own, from wait4. That a machine is slow is no finding: too slow is over 10 s and over
a third of the first run, which did the same with requests.
"""
import json
import os
import subprocess
import threading
import time

import harness

RECIPE = """
local server = sp.find_server{ name = "www1" }
local first, action = sp.create_sysuser{ serverid = server.id, name = "first", password = sp.secret("first") }
sp.wait(action)
local app = sp.create_app{ name = "first", sysuserid = first.id, runtime = "php8.3" }
local users, letters = {}, 0
for i = 1, USERS do
  users[i] = sp.create_sysuser{ serverid = server.id, name = "user" .. i, password = sp.secret("user" .. i) }
end
local function work(user, i)
  for round = 1, ROUNDS do
    sp.update_sysuser(user.id, { password = "password-" .. i .. "-" .. round })
    sp.update_app(app.id, { runtime = round % 2 == 0 and "php8.3" or "php8.4" })
    local more = #sp.sysuser(user.id).name + sp.random(1000)
    letters = letters + more  -- at once, so that it does not matter which of two comes first
  end
end
SHAPE
print(letters)
error("half-way")
"""
SHAPES = {
    "in a straight line": "for i, user in ipairs(users) do work(user, i) end",
    "side by side": "sp.each(users, work, { limit = 20 })",
}
# Of one user and round: two changes, a read, a random number.
STEPS_OF_ONE = 4
# A twentieth of what a server may have.
STEPS_OF_A_USER = 200
MOST_SECONDS = 10
MOST_MEBIBYTES = 200
# So long the first run may take, and a resume, before it counts as stuck.
STUCK_AFTER = 1800


class Measured:
    """A program that has ended, with the most memory that it held."""

    def __init__(self, user, environment, *arguments):
        begun = time.monotonic()
        with open(user.path("output"), "w", encoding="utf-8") as output:
            program = subprocess.Popen(
                [user.sprun, *arguments], cwd=user.folder, env={**user.environment, **environment},
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.DEVNULL)
            watch = threading.Timer(STUCK_AFTER, program.kill)
            watch.start()
            _, status, usage = os.wait4(program.pid, 0)
            watch.cancel()
        # Popen was not there when it ended, and is told.
        self.status = program.returncode = os.waitstatus_to_exitcode(status)
        self.seconds = time.monotonic() - begun
        self.cpu = usage.ru_utime + usage.ru_stime
        self.mebibytes = usage.ru_maxrss / 1024
        self.output = user.read("output")


class Trial:
    """One shape: run, resumed and measured; judged later, since what this process holds counts for those it starts."""

    def __init__(self, given, shape):
        self.given, self.shape = given, shape
        self.user = harness.User(given.sprun)
        users = max(1, given.size // STEPS_OF_A_USER)
        rounds = -(-given.size // (STEPS_OF_ONE * users))
        recipe = RECIPE.replace("USERS", str(users)).replace("ROUNDS", str(rounds)).replace("SHAPE", SHAPES[shape])
        self.user.write("long.lua", recipe)
        self.user.write("empty.lua", "")
        seed = ("--seed", str(given.seed))
        with harness.Simulation(self.user, "--speed", "600", *seed) as simulation:
            self.simulation = simulation
            self.first = Measured(self.user, simulation.environment, "run", "long.lua")
            self.known = os.path.getsize(simulation.log)
            self.again = Measured(self.user, simulation.environment, "resume")
            self.empty = Measured(self.user, simulation.environment, "run", "empty.lua")

    def requests(self):
        """What the resume asked for."""
        with open(self.simulation.log, encoding="utf-8") as log:
            log.seek(self.known)
            return [json.loads(line) for line in log]

    def steps(self):
        run = self.user.journal.runs()[0][0]
        return len({step for entry, _, _, step, _, _ in self.user.journal.entries() if entry == run and step})

    def judge(self):
        """What is wrong, and the figures."""
        first, again, steps, requests = self.first, self.again, self.steps(), self.requests()
        findings = []
        if first.status != 3 or not first.output.strip():
            findings.append(f"the first run ended with {first.status}, not half-way")
        if steps < self.given.size:
            findings.append(f"the run has {steps} steps, not {self.given.size}")
        if requests:
            asked = sorted({request["operation"] for request in requests})
            findings.append(f"{len(requests)} requests for finished steps: {', '.join(asked)}")
        if (again.status, again.output) != (first.status, first.output):
            findings.append(f"the resume ended with {again.status}, {again.output!r}, the run with {first.output!r}")
        if again.seconds > MOST_SECONDS and again.seconds > first.seconds / 3:
            findings.append(f"the resume took {again.seconds:.1f} s")
        if again.mebibytes > MOST_MEBIBYTES:
            findings.append(f"the resume held {again.mebibytes:.0f} MiB")
        figures = (
            f"{steps} steps {self.shape} resumed in {again.seconds:.2f} s ({again.seconds / first.seconds:.2f} of the "
            f"run) and {again.mebibytes:.0f} MiB ({again.mebibytes / self.empty.mebibytes:.1f} of an empty run)")
        return [f"{self.shape}: {finding}" for finding in findings], figures


def main():
    given = harness.options(__doc__, 10000, "steps")
    trials = [Trial(given, shape) for shape in SHAPES]
    judged = [trial.judge() for trial in trials]
    for trial in trials:
        trial.user.remove()
    findings = [finding for found, _ in judged for finding in found]
    harness.report("long-resume", "; ".join(figures for _, figures in judged), findings)


if __name__ == "__main__":
    main()
