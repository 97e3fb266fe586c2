"""P5: many sites on many servers, on the virtual clock."""
import statistics

import virtual_fleets
from table import Check, Measured, number

NUMBER, TITLE = "P5", "Fleets"
WORK = ("100, 1,000 and 10,000 sites, each a user, an app, a database and a change, on the simulator with 80 ms a request "
        "and actions of 4 to 24 s; on a virtual clock")
BESIDE = "the longest queue of a server; the least possible requests"
GOAL = ("time at most 1.05 × the queue, requests at most 1.2 × the least, 6 polls an action, 4 list reads; exact with "
        "faults; 3 ms of CPU a site")
SMALL = [f"100/20/{seed}" for seed in range(1, 6)]
LARGE = ["1000/20/1", "10000/200/1"]
FAULTY = ["100/20/1/faults", "1000/20/1/faults", "10000/200/1/faults"]


def ratios(fleet):
    """The ratios of a fleet to what is possible."""
    return {"makespan": fleet["makespan"] / fleet["bound"], "requests": fleet["requests"] / fleet["least"],
            "polls": fleet["polls"] / fleet["actions"]}


def line(fleet, name, each):
    """A line of the details."""
    return [name, *(number(each[key]) for key in ("makespan", "requests", "polls")), str(fleet["lists"]),
            f"{fleet['requests']:,}", f"{fleet['cpu'] / fleet['sites'] * 1000:.1f} ms",
            f"{fleet['memory_kib'] / 1024:.0f} MiB", "yes" if fleet["exact"] else "NO"]


def measure(bench):
    small = virtual_fleets.figures(bench.tests, bench.folder, SMALL)
    # Each in a process of its own, so that its memory is its own.
    others = [virtual_fleets.figures(bench.tests, bench.folder, [name])[0]
              for name in (SMALL[0], *LARGE, *FAULTY)]
    return present(small, others, bench.tests_configuration)


def present(small, others, configuration):
    """The goals and the details, from the figures of the fleets."""
    one, faulty = others[:3], others[3:]
    means = {key: statistics.mean(ratios(fleet)[key] for fleet in small) for key in ratios(small[0])}
    undisturbed = [means, *map(ratios, one[1:])]
    lines = [line(one[0] | {"lists": max(fleet["lists"] for fleet in small)}, "100 on 20, mean of five seeds", means)]
    lines += [line(fleet, f"{fleet['sites']:,} on {fleet['servers']}", ratios(fleet)) for fleet in one[1:]]
    lines += [line(fleet, f"{fleet['sites']:,} on {fleet['servers']}, faults", ratios(fleet)) for fleet in faulty]
    checks = [Check("time", max(each["makespan"] for each in undisturbed), 1.05),
              Check("requests", max(each["requests"] for each in undisturbed), 1.2),
              Check("polls an action", max(each["polls"] for each in undisturbed), 6),
              Check("list reads", max(fleet["lists"] for fleet in small + one), 4),
              Check("fleets that are not exact", sum(not fleet["exact"] for fleet in small + others), 0),
              Check("ms of CPU a site", max(fleet["cpu"] / fleet["sites"] * 1000 for fleet in others), 3)]
    notes = ["With faults: nine kinds, each in 1 % of the calls. CPU and memory include those of the simulator."]
    if configuration != "release":
        notes.append("These fleets ran in a debug build, which takes several times the CPU time of a release build.")
    return Measured(
        checks, ["sites and servers", "time beside the queue", "requests beside the least", "polls an action",
                 "list reads", "requests", "CPU a site", "memory", "exact"],
        lines, notes, {"small": small, "sizes": one, "faults": faulty})
