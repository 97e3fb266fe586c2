"""P1: how fast a run starts."""
import sys

from measuring import beside
from table import Check, Measured, millions, number

NUMBER, TITLE = "P1", "Start"
WORK = "`sprun run` of `return 1`"
BESIDE = "`lua5.4 -e`, `curl --version`, `python3 -c pass`"
GOAL = "at most 1.2 × curl and 8.3 × lua5.4 (10 ms beside 1.2 ms)"
# A start takes milliseconds, so that single ones differ much.
TURNS = 21


def measure(bench):
    bench.write("empty.lua", "return 1\n")
    environment = bench.environment | {
        "SERVERPILOT_API_URL": "http://127.0.0.1:9/v1", "SERVERPILOT_CLIENT_ID": "a", "SERVERPILOT_API_KEY": "abcdef"}
    runs = {"sprun run": ["run", "empty.lua"], "sprun run --simulate": ["run", "--simulate", "empty.lua"],
            "sprun --version": ["--version"]}
    peers = {"lua5.4 -e": ["lua5.4", "-e", "return 1"], "curl --version": ["curl", "--version"],
             "python3 -c pass": [sys.executable, "-c", "pass"]}
    commands = {name: [bench.sprun, *arguments] for name, arguments in runs.items()} | peers
    times = beside(commands, bench.folder, environment, max(TURNS, bench.turns), memory=False)
    counts = {name: [bench.counter.program(command, bench.folder, environment)[0]] for name, command in peers.items()}
    counts["sprun --version"] = [bench.counter.program([bench.counter.sprun, "--version"], bench.folder, environment)[0]]
    for name in ("sprun run", "sprun run --simulate"):
        counts[name] = bench.counter.run(runs[name], bench.folder, environment)
    lines, data = [], {}
    for name in commands:
        wall, cpu = times.ratio(name, "curl --version"), times.ratio(name, "curl --version", "cpu")
        data[name] = {"wall_beside_curl": wall, "cpu_beside_curl": cpu, "wall": times.median(name),
                      "cpu": times.median(name, "cpu"), "instructions": counts[name]}
        lines.append([f"`{name}`", f"{times.median(name) * 1000:.1f} ms", number(wall), number(cpu),
                      " + ".join(map(millions, counts[name]))])
    return Measured(
        [Check("beside curl", times.ratio("sprun run", "curl --version"), 1.2),
         Check("beside lua5.4", times.ratio("sprun run", "lua5.4 -e"), 10 / 1.2),
         Check("with --simulate, CPU beside curl", times.ratio("sprun run --simulate", "curl --version", "cpu"), 1.2)],
        ["program", "median", "beside curl", "CPU beside curl", "instructions"], lines,
        ["The second number of instructions is that of `sprun-lua`."], data)
