"""Counts what sprun does, and compares the counts with the recorded ones. It measures no time.

Requests, polls, list reads and syncs are the same for each build. Instructions are recorded for each configuration; they
vary with the threads, so that the least of several runs counts. A count that grew by more than 5 % is a failure, and so
is a count without a record.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [TOP, os.path.join(TOP, "..", "trials")]
import cost  # pylint: disable=wrong-import-position
import harness  # pylint: disable=wrong-import-position
import virtual_fleets  # pylint: disable=wrong-import-position
from counting import Counter  # pylint: disable=wrong-import-position
from measuring import CannotRun  # pylint: disable=wrong-import-position

RECORD = os.path.join(TOP, "counts.json")
ALLOWED = 1.05
RUNS = 3
EFFECTS = 30
FLEETS = {
    "100 sites on 20 servers": [f"100/20/{seed}" for seed in (1, 2, 3)],
    "20 sites on 20 servers": [f"20/20/{seed}" for seed in (1, 2, 3)],
    "100 sites on 20 servers, faults": ["100/20/1/faults"],
}
RECIPES = {"empty": "return 1\n", "calls": "for i = 1, 2000 do sp.random(10) end\n"}
SITE = """local server = sp.find_server{ name = "www1" }
local user = sp.ensure_sysuser{ serverid = server.id, name = "counted" }
local app = sp.ensure_app{ name = "counted", sysuserid = user.id, runtime = "php8.4", domains = { "counted.example" } }
sp.ensure_db{ appid = app.id, name = "counted", user = { name = "counted", password = "a-password-of-some-length" } }
"""


def fleets(built, folder):
    """Requests, polls and list reads of fleets on the virtual clock."""
    counts = {}
    names = [name for some in FLEETS.values() for name in some]
    figures = {each["fleet"]: each for each in virtual_fleets.figures(
        os.path.join(built, "sprunPackageTests.xctest"), folder, names)}
    for title, some in FLEETS.items():
        for key, words in (("requests", "requests"), ("polls", "polls"), ("lists", "list reads")):
            counts[f"{title}: {words}"] = sum(figures[name][key] for name in some)
    return counts


def journal_and_requests(built):
    """Requests of a plan, a run and a second run of one site; syncs of runs with changes and without."""
    user = harness.User(os.path.join(built, "sprun"))
    counts = {}
    try:
        user.write("site.lua", SITE)
        with harness.Simulation(user, "--seed", "1", "--speed", "600") as simulation:
            for title, arguments in (("a plan of a site", ("plan",)), ("a run of a site", ("run", *user.yes)),
                                     ("a second run of a site", ("run", *user.yes))):
                known = simulation.requests()
                done = user.run(*arguments, "site.lua", environment=simulation.environment)
                if done.status != 0:
                    raise CannotRun(f"{title}: {done!r}")
                made = [each for each in simulation.requests()[len(known):] if not each["path"].startswith("/actions/")]
                counts[f"{title}: requests without polls"] = len(made)
            if not shutil.which("strace"):
                raise CannotRun("strace is missing (scripts/bootstrap --tests)")
            trial = cost.Cost(user, simulation)
            counts["a run without a change: syncs"] = trial.syncs(0)
            counts[f"a run of {EFFECTS} changes: syncs"] = trial.syncs(EFFECTS)
            if trial.findings:
                raise CannotRun("; ".join(trial.findings))
    finally:
        user.remove()
    return counts


def instructions(built, configuration, folder):
    """Instructions of sprun and of sprun-lua, the least of several runs."""
    counter = Counter(os.path.join(built, "sprun"), folder)
    environment = {"PATH": os.environ["PATH"], "HOME": folder, "SPRUN_HOME": os.path.join(folder, "home")}
    for name, recipe in RECIPES.items():
        with open(os.path.join(folder, f"{name}.lua"), "w", encoding="utf-8") as file:
            file.write(recipe)
    counts = {}

    def least(name, *found):
        for program, count in zip(("sprun", "sprun-lua"), found):
            if count is None:
                continue
            key = f"{name}: instructions of {program}"
            counts[key] = min(count, counts.get(key, count))

    for _ in range(RUNS):
        least("--version", counter.program([counter.sprun, "--version"], folder, environment)[0])
        for name, title in (("empty", "an empty run"), ("calls", "2,000 host calls")):
            arguments = ["run", "--simulate", "--no-journal", f"{name}.lua"]
            if configuration == "release":
                least(title, *counter.run(arguments, folder, environment))
            else:
                # sprun itself would take ten seconds in valgrind.
                least(title, None, counter.lua(arguments, folder, environment))
    return counts


def compare(recorded, counted):
    """Prints counts that differ from the record, and returns how many are too large or have no record."""
    bad = 0
    for name, count in counted.items():
        known = recorded.get(name)
        if known is None:
            bad += 1
            print(f"bench: {name}: {count:,}, but nothing is recorded")
        elif count > known * ALLOWED:
            bad += 1
            grown = f"{100 * (count / known - 1):.1f} % more" if known else "more"
            print(f"bench: {name}: {count:,}, {grown} than the recorded {known:,}")
        elif count < known / ALLOWED:
            print(f"bench: {name}: {count:,}, {100 * (1 - count / known):.1f} % less than the recorded {known:,}")
    return bad


def record(recorded, configuration, counts, own):
    """Writes the counts, and keeps those of the other configuration."""
    merged = {**recorded, "each build": counts, configuration: own}
    with open(RECORD, "w", encoding="utf-8") as file:
        file.write(json.dumps(merged, indent=2, sort_keys=True) + "\n")
    print(f"bench: recorded {len(counts) + len(own)} counts ({configuration}); commit scripts/benchmarks/counts.json")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--built", required=True, help="the folder of the programs and the tests")
    parser.add_argument("--record", action="store_true", help="write the counts into counts.json")
    given = parser.parse_args()
    built = os.path.abspath(given.built)
    configuration = os.path.basename(os.path.realpath(built))
    with open(RECORD, encoding="utf-8") as file:
        recorded = json.load(file)
    try:
        with tempfile.TemporaryDirectory(prefix="sprun-quick-") as folder:
            counts = fleets(built, folder) | journal_and_requests(built)
            own = instructions(built, configuration, folder)
    except (CannotRun, subprocess.SubprocessError) as error:
        sys.exit(f"bench: could not count: {error}")
    if given.record:
        record(recorded, configuration, counts, own)
        return
    bad = compare(recorded.get("each build", {}), counts) + compare(recorded.get(configuration, {}), own)
    if bad:
        print(f"bench: {bad} of {len(counts) + len(own)} counts grew by more than {100 * ALLOWED - 100:.0f} % or have no "
              f"record ({configuration}). If that is meant: scripts/bench --quick --record")
        sys.exit(1)
    print(f"bench: {len(counts) + len(own)} counts ({configuration}), none grew by more than {100 * ALLOWED - 100:.0f} %")


if __name__ == "__main__":
    main()
