"""P9: what the journal costs. `scripts/trials/cost.py` is the trial that promises it."""
import os
import shutil
import statistics
import sys

from table import Check, Measured, number

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "trials"))
import cost  # pylint: disable=wrong-import-position
import harness  # pylint: disable=wrong-import-position

NUMBER, TITLE = "P9", "Journal"
WORK = "a run of 40 changes at 50 ms a request, with its journal"
BESIDE = "the same run with `--no-journal`"
GOAL = "at most 1.05 × the time"
EFFECTS = 40


def measure(bench):
    user = harness.User(bench.sprun)
    try:
        with harness.Simulation(user, "--seed", "1", *cost.LATENCY) as simulation:
            trial = cost.Cost(user, simulation)
            # Creates the journal.
            trial.run(0)
            syncs = trial.syncs(EFFECTS) if shutil.which("strace") else None
            journaled, plain = trial.time(EFFECTS, bench.turns)
        if trial.findings:
            raise RuntimeError("; ".join(trial.findings))
    finally:
        user.remove()
    ratio = statistics.median(one / other for one, other in zip(journaled, plain))
    each = "not counted: strace is missing" if syncs is None else number((syncs - cost.SYNCS_OF_A_RUN) / EFFECTS)
    return Measured(
        [Check("beside a run without journal", ratio, 1.05)],
        ["run", "median", "syncs of the disk a change"],
        [["with journal", f"{statistics.median(journaled):.2f} s", each],
         ["without", f"{statistics.median(plain):.2f} s", "–"]], [], {"ratio": ratio, "syncs": syncs})
