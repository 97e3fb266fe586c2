"""Measures every row of the table of performance, with its peers, in one run. `scripts/bench` prepares and calls it."""
import argparse
import functools
import importlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import guide  # pylint: disable=wrong-import-position
import plots  # pylint: disable=wrong-import-position
import table  # pylint: disable=wrong-import-position
from counting import Counter  # pylint: disable=wrong-import-position
from measuring import CannotRun  # pylint: disable=wrong-import-position

# In the order of their numbers; growth reads what others measured.
ROWS = ["start", "question", "host_calls", "decoding", "fleets", "fleet_http", "waiting", "coroutines", "plans", "journal",
        "simulator", "growth"]


class Bench:
    """What the rows share.

    Attributes:
        sprun: the program that is measured.
        tests: the test bundle, which runs fleets on the virtual clock.
        python: a Python that has the clients of `requirements.txt`.
        turns: how often each peer runs.
        folder: a folder for files, which is removed at the end.
        measured: what the rows before measured, by the name of their module.
    """

    def __init__(self, given, folder):
        self.sprun, self.tests, self.python, self.turns = given.sprun, given.tests, given.python, given.turns
        self.folder = folder
        self.measured = {}
        self.environment = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
        self.environment |= {"HOME": folder, "SPRUN_HOME": os.path.join(folder, "home")}

    @functools.cached_property
    def counter(self):
        """Counts instructions."""
        return Counter(self.sprun, self.folder)

    @property
    def tests_configuration(self):
        """Whether the tests are a debug or a release build."""
        return os.path.basename(os.path.dirname(os.path.realpath(self.tests)))

    def write(self, name, text):
        """Writes a file into the folder, and returns its path."""
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def subfolder(self, name):
        """Creates a folder in the folder."""
        path = os.path.join(self.folder, name)
        os.makedirs(path, exist_ok=True)
        return path


def options():
    """The arguments, which `scripts/bench` passes on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sprun", required=True, type=os.path.abspath)
    parser.add_argument("--tests", required=True, type=os.path.abspath)
    parser.add_argument("--python", required=True, type=os.path.abspath)
    parser.add_argument("--only", default="", help="numbers of rows, such as P2,P4")
    parser.add_argument("--out", default=".build/bench", help="the folder of the table and the plots")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--guide", action="store_true", help="write the table and the plots into the guide")
    given = parser.parse_args()
    if given.turns < 1:
        parser.error("--turns must be at least 1")
    modules = [importlib.import_module(f"rows.{name}") for name in ROWS]
    given.only = [number.upper() for number in given.only.split(",") if number]
    unknown = set(given.only) - {module.NUMBER for module in modules}
    if unknown:
        parser.error(f"there is no row {', '.join(sorted(unknown))}")
    if given.guide and given.only:
        parser.error("the guide has all rows: --guide does not go with --only")
    given.modules = [module for module in modules if not given.only or module.NUMBER in given.only]
    return given


def measure(module, bench):
    """Measures a row. A row that cannot run has the reason instead."""
    try:
        measured = module.measure(bench)
    except (CannotRun, OSError, RuntimeError, subprocess.SubprocessError, ValueError) as error:
        return table.Row(module, None, f"could not run: {error}")
    bench.measured[module.__name__.removeprefix("rows.")] = measured
    return table.Row(module, measured, None)


def surroundings(bench, given):
    """What was measured, and where."""
    version = subprocess.run([bench.sprun, "--version"], capture_output=True, text=True, check=True).stdout.split("\n")
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False,
                            cwd=os.path.dirname(os.path.abspath(__file__))).stdout.strip()
    return {"date": time.strftime("%Y-%m-%d"), "commit": commit, "program": version[0], "turns": given.turns,
            "cores": len(os.sched_getaffinity(0)), "machine": platform.machine(), "tests": bench.tests_configuration}


def main():
    given = options()
    rows = []
    with tempfile.TemporaryDirectory(prefix="sprun-bench-") as folder:
        bench = Bench(given, folder)
        # nginx reads its files as another user.
        os.chmod(folder, 0o755)
        for module in given.modules:
            print(f"bench: {module.NUMBER} {module.TITLE}", file=sys.stderr, flush=True)
            rows.append(measure(module, bench))
        where = surroundings(bench, given)
    os.makedirs(given.out, exist_ok=True)
    text = table.markdown(rows)
    results = {"format_version": 1} | where | {
        "rows": [{"number": row.module.NUMBER, "title": row.module.TITLE} | row.json for row in rows]}
    drawn = plots.draw(rows)
    for name, content in {"table.md": text, "results.json": json.dumps(results, indent=1) + "\n", **drawn}.items():
        with open(os.path.join(given.out, name), "w", encoding="utf-8") as file:
            file.write(content)
    if given.guide:
        guide.write(rows, where, drawn)
    print(text)
    print(f"bench: {given.out} has table.md, results.json{''.join(f', {name}' for name in drawn)}", file=sys.stderr)


if __name__ == "__main__":
    main()
