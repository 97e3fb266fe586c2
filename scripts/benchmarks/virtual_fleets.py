"""Runs fleets on the virtual clock: the suite `FleetFiguresTests` writes their figures as lines of JSON."""
import json
import os
import subprocess

from measuring import CannotRun

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def figures(tests, folder, fleets):
    """Runs fleets one after the other.

    Args:
        tests: the built test bundle.
        folder: the folder for the file of figures.
        fleets: texts such as `100/20/1`: sites, servers, seed; with `/faults` at the end, with faults.

    Returns:
        A dictionary for each fleet, as the suite wrote it.
    """
    if not os.access(tests, os.X_OK):
        raise CannotRun(f"there are no tests at {tests} (scripts/build)")
    path = os.path.join(folder, "fleets.jsonl")
    with open(path, "w", encoding="utf-8"):
        pass
    done = subprocess.run(
        [tests, "--testing-library", "swift-testing", "--filter", "FleetFiguresTests"], cwd=TOP, check=False,
        env=os.environ | {"SPRUN_FIGURES": path, "SPRUN_FLEETS": " ".join(fleets)}, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT)
    with open(path, encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    if done.returncode or len(lines) != len(fleets):
        raise CannotRun(f"the fleets ended with {done.returncode}: {done.stdout.decode(errors='replace')[-400:]}")
    for line in lines:
        if line["failure"]:
            raise CannotRun(f"the fleet {line['fleet']} failed: {line['failure']}")
    return lines
