"""P6: how soon a run notices that an action has ended."""
import statistics

import virtual_fleets
from table import Check, Measured, number

NUMBER, TITLE = "P6", "Waiting"
WORK = "from the end of an action, the only one of its server, to the recipe's next line; 400 actions"
BESIDE = "a poll every 2 s"
GOAL = "in the mean at most 5 % of the action's length and one round trip"
LATENCY = 0.08
FLEETS = [f"20/20/{seed}" for seed in range(1, 6)]
QUEUES = [f"100/20/{seed}" for seed in range(1, 6)]


def measure(bench):
    alone = virtual_fleets.figures(bench.tests, bench.folder, FLEETS)
    queues = virtual_fleets.figures(bench.tests, bench.folder, QUEUES)
    lines = []
    for name, fleets in (("the only action of its server", alone), ("in queues of five sites", queues)):
        actions = sum(fleet["actions"] for fleet in fleets)
        lines.append([name, f"{statistics.mean(fleet['work'] / fleet['actions'] for fleet in fleets):.2f} s",
                      f"{statistics.mean(fleet['noticed_after'] for fleet in fleets):.2f} s",
                      number(sum(fleet["polls"] for fleet in fleets) / actions),
                      f"{statistics.mean(fleet['noticed_after_every_2_s'] for fleet in fleets):.2f} s",
                      number(sum(fleet["polls_every_2_s"] for fleet in fleets) / actions)])
    beyond = [fleet["noticed_after"] - LATENCY for fleet in alone]
    lengths = [fleet["work"] / fleet["actions"] for fleet in alone]
    return Measured(
        [Check("% of an action's length beyond a round trip", 100 * sum(beyond) / sum(lengths), 5)],
        ["actions", "length", "noticed after", "polls an action", "noticed with a poll every 2 s", "its polls"], lines,
        ["In queues, sprun looks late on purpose: the server is busy anyway, and fewer polls are needed."],
        {"alone": alone, "queues": queues})
