"""The journal costs at most 2 synced commits an effect, and under 5 % of a run's time at 50 ms latency.

A recipe of so many effects (a user is created, changed and deleted, and so on; nothing is waited for) runs against a
simulator that answers every request 50 ms late, with the journal and without it, in turn. The ratio of the medians is
told; a finding is only what is over 15 %, by the fastest runs too, since the machine may be slow and busy. On runs of
their own strace counts fsync and fdatasync: over 2 an effect is a finding, beside those of a run's end and of the log
that SQLite begins and empties. A run without an effect syncs nothing. That every effect was made is judged by the
simulator's log.
"""
import shutil
import statistics

import harness

RECIPE = """
local server = sp.find_server{ name = "www1" }
local user
for i = 1, tonumber(sp.params.effects) do
  if i % 3 == 1 then
    user = sp.create_sysuser{ serverid = server.id, name = sp.params.tag .. "x" .. i }
  elseif i % 3 == 2 then
    sp.update_sysuser(user.id, { password = "password-" .. i })
  else
    sp.delete_sysuser(user.id)
  end
end
"""
# On the simulator's clock, which goes as fast as ours here.
LATENCY = ("--speed", "1", "--fault", "*=delay,time=50ms")
PAIRS, SHORT_PAIRS, SHORT = 5, 3, 40
# In shorter runs opening the journal is most of its cost.
LEAST_TIMED = 24
SYNCS_OF_AN_EFFECT = 2
# The end of the run; the head of the log and its folder; the log and the database when the journal is closed.
SYNCS_OF_A_RUN = 5
# Now and then SQLite moves its log into the database, which is no commit: once in some hundred pages.
EFFECTS_OF_A_CHECKPOINT = 50
PROMISED_RATIO = 1.05
MOST_RATIO = 1.15


class Cost:
    """Runs of the recipe, each on names of its own."""

    def __init__(self, user, simulation):
        self.user, self.simulation = user, simulation
        self.runs = 0
        self.findings = []
        user.write("cost.lua", RECIPE)

    def run(self, effects, *flags, prefix=()):
        """Runs it, and says how long it took."""
        self.runs += 1
        known = len(self.simulation.changes())
        done = self.user.run(
            "run", *self.user.yes, *flags, "cost.lua", f"effects={effects}", f"tag=run{self.runs}",
            environment=self.simulation.environment, prefix=prefix)
        made = len(self.simulation.changes()) - known
        if done.status != 0 or made != effects:
            self.findings.append(f"{made} of {effects} effects were made: {done!r}")
        return done.seconds

    def syncs(self, effects):
        """How often a run waits for the disk."""
        self.run(effects, prefix=("strace", "-f", "-c", "-e", "trace=fsync,fdatasync", "-o", self.user.path("counts")))
        rows = [line.split() for line in self.user.read("counts").splitlines()]
        # % time, seconds, microseconds a call, calls, errors where there are some, name.
        return sum(int(row[3]) for row in rows if row and row[-1] in ("fsync", "fdatasync"))

    def time(self, effects, pairs):
        """The seconds of runs with and without the journal."""
        seconds = {(): [], ("--no-journal",): []}
        for pair in range(pairs):
            # Now one first, now the other, so that what else the machine does strikes both.
            for flags in sorted(seconds, reverse=pair % 2 == 1):
                seconds[flags].append(self.run(effects, *flags))
        return seconds.values()


def main():
    given = harness.options(__doc__, 40, "effects")
    user = harness.User(given.sprun)
    with harness.Simulation(user, "--seed", str(given.seed), *LATENCY) as simulation:
        cost = Cost(user, simulation)
        # Makes the journal, which is no cost of those that follow.
        cost.run(0)
        if shutil.which("strace"):
            none, some = cost.syncs(0), cost.syncs(given.size)
            most = SYNCS_OF_A_RUN + SYNCS_OF_AN_EFFECT * given.size + given.size // EFFECTS_OF_A_CHECKPOINT
            if some > most:
                cost.findings.append(f"{some} syncs for {given.size} effects: over {most}")
            if none > 0:
                cost.findings.append(f"{none} syncs for no effect")
            # What counts nothing would find nothing.
            if some < given.size:
                cost.findings.append(f"{some} syncs for {given.size} effects cannot be all")
            counted = f"{(some - SYNCS_OF_A_RUN) / given.size:.2f} syncs an effect and {none} for a run without one"
        else:
            counted = "SYNCS NOT COUNTED, strace IS MISSING (apt-get install strace)"
            print(counted, flush=True)
        pairs, timed = SHORT_PAIRS if given.size < SHORT else PAIRS, max(LEAST_TIMED, given.size)
        journaled, plain = cost.time(timed, pairs)
    medians = statistics.median(journaled), statistics.median(plain)
    ratio = medians[0] / medians[1]
    if min(ratio, min(journaled) / min(plain)) > MOST_RATIO:
        cost.findings.append(f"a run with its journal takes {ratio:.2f} times as long as without")
    promise = "" if ratio <= PROMISED_RATIO else f", over the promised {PROMISED_RATIO}"
    user.remove()
    harness.report(
        "journal-cost", f"{given.size} effects: {counted}; {timed} effects at 50 ms, medians of {pairs} pairs: "
        f"{medians[0]:.2f} s with the journal, {medians[1]:.2f} s without, ratio {ratio:.3f}{promise}", cost.findings)


if __name__ == "__main__":
    main()
