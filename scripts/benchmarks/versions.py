"""Compares two builds of sprun: start, host calls, many coroutines, and the resume of a long run.

usage: versions.py BEFORE AFTER

BEFORE and AFTER are programs with their sprun-lua beside them. Each task runs in pairs, one program after the other, in
changing order. The table has the least CPU time of each program with that of the processes that it started, the ratio
of the two, and the same for wall time. The ratios are the result: the seconds belong to the machine.
"""
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import types

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "trials"))
import long_run  # pylint: disable=wrong-import-position

TURNS = 7
RESUMES = 3
STEPS = 10_000
# The name, the recipe, and the number of turns.
TASKS = [
    ("start of an empty recipe", "return 1", 3 * TURNS),
    ("100,000 sync host calls", "for i = 1, 100000 do sp.random(10) end", TURNS),
    ("20,000 async host calls", "for i = 1, 20000 do sp.sleep(0) end", TURNS),
    ("10,000 coroutines with 10 waits each", """
local items = {}
for i = 1, 10000 do items[i] = i end
sp.each(items, function() for k = 1, 10 do sp.sleep(0) end end, { limit = 10000 })
""", TURNS),
]


def measure(arguments, folder, status):
    """Runs a program; returns its CPU seconds and its wall seconds."""
    environment = {"PATH": os.environ["PATH"], "HOME": folder, "SPRUN_HOME": folder}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    ended = subprocess.run(
        arguments, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, check=False)
    wall = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if ended.returncode != status:
        sys.exit(f"{' '.join(arguments)} ended with {ended.returncode}: {ended.stderr.decode()[-800:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def least(programs, arguments, folders, status, turns):
    """The least CPU and wall seconds of each program."""
    times = [[], []]
    for turn in range(turns):
        for index in (0, 1) if turn % 2 else (1, 0):
            times[index].append(measure([programs[index], *arguments], folders[index], status))
    return [(min(cpu for cpu, _ in each), min(wall for _, wall in each)) for each in times]


def show(name, before, after):
    print(f"| {name} | {before[0]:.3f} | {after[0]:.3f} | {after[0] / before[0]:.2f} "
          f"| {before[1]:.3f} | {after[1]:.3f} | {after[1] / before[1]:.2f} |", flush=True)


def main():
    if len(sys.argv) != 3 or sys.argv[1] in ("-h", "--help"):
        sys.exit(__doc__.strip())
    programs = [os.path.abspath(path) for path in sys.argv[1:]]
    print("| task | CPU before | after | ratio | wall before | after | ratio |\n|---|--:|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory(prefix="sprun-versions-") as folder:
        folders = [os.path.join(folder, name) for name in ("before", "after")]
        for each in folders:
            os.mkdir(each)
        for number, (name, recipe, turns) in enumerate(TASKS):
            for each in folders:
                with open(os.path.join(each, f"task{number}.lua"), "w", encoding="utf-8") as file:
                    file.write(recipe)
            arguments = ["run", "--simulate", "--no-journal", "--max-cpu", "120", f"task{number}.lua"]
            show(name, *least(programs, arguments, folders, 0, turns))
    for shape in long_run.SHAPES:
        show(f"resume of {STEPS:,} steps {shape}", *resumes(programs, shape))


def resumes(programs, shape):
    """Each program resumes runs of its own, against a simulator of its own."""
    times = [[], []]
    for turn in range(RESUMES):
        for index in (0, 1) if turn % 2 else (1, 0):
            given = types.SimpleNamespace(sprun=programs[index], size=STEPS, seed=turn)
            trial = long_run.Trial(given, shape)
            times[index].append((trial.again.cpu, trial.again.seconds))
            trial.user.remove()
    return [(min(cpu for cpu, _ in each), min(wall for _, wall in each)) for each in times]


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    main()
