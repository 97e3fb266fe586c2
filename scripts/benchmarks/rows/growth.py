"""P11: how the cost of P4, P5 and P8 grows with the size."""
import math

from measuring import CannotRun
from table import Check, Measured, number

NUMBER, TITLE = "P11", "Growth"
WORK = "P4, P5 and P8 at 1, 10 and 100 ×"
BESIDE = "a straight line; n log n"
GOAL = "from 10 × to 100 ×, no more than n log n"


def series(bench):
    """The sizes and the CPU seconds of each row that was measured."""
    decoding, fleets, plans = (bench.measured.get(name) for name in ("decoding", "fleets", "plans"))
    found = {}
    if decoding:
        found["P4 decoding"] = [(each["apps"], each["sprun"]["cpu"]) for each in decoding.data.values()]
    if fleets:
        found["P5 fleets"] = [(each["sites"], each["cpu"]) for each in fleets.data["sizes"]]
        found["P5 fleets with faults"] = [(each["sites"], each["cpu"]) for each in fleets.data["faults"]]
    if plans:
        for name, sizes in plans.data.items():
            found[f"P8 {name}"] = [(int(apps), each["cpu"]) for apps, each in sizes.items()]
    return found


def beside_n_log_n(smaller, larger):
    """The growth between two sizes beside that of n log n."""
    allowed = larger[0] * math.log(larger[0]) / (smaller[0] * math.log(smaller[0]))
    return larger[1] / smaller[1] / allowed


def measure(bench):
    found = series(bench)
    if not found:
        raise CannotRun("it needs P4, P5 or P8 in the same run")
    lines, checks = [], []
    for name, points in found.items():
        last = beside_n_log_n(*points[-2:])
        checks.append(Check(name, last, 1))
        lines.append([name, f"{points[0][0]:,}", *(number(point[1] / points[0][1]) for point in points[1:]),
                      number(last)])
    return Measured(
        checks, ["CPU time", "size at 1 ×", "at 10 ×", "at 100 ×", "from 10 × to 100 ×, beside n log n"], lines,
        ["At 1 ×, most of the time is the start of the program."],
        {name: [{"size": size, "cpu": cpu} for size, cpu in points] for name, points in found.items()})
