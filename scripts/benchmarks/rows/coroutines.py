"""P7: many coroutines in flight."""
from measuring import beside
from table import Check, Measured, number

NUMBER, TITLE = "P7", "In flight"
WORK = "10,000 coroutines that each wait for 10 replies of the host, `sp.sleep(0)`"
BESIDE = "asyncio in Python"
GOAL = "under 2 s of CPU, under 8 KB a coroutine"
COROUTINES, FEW, WAITS = 10_000, 10, 10

RECIPE = """local items = {{}}
for i = 1, {coroutines} do items[i] = i end
sp.each(items, function() for _ = 1, {waits} do sp.sleep(0) end end)
"""
PEER = """import asyncio, sys
async def work():
    for _ in range({waits}):
        await asyncio.sleep(0)
async def main():
    await asyncio.gather(*(work() for _ in range(int(sys.argv[1]))))
asyncio.run(main())
"""


def measure(bench):
    bench.write("asyncio_peer.py", PEER.format(waits=WAITS))
    commands = {}
    for coroutines in (FEW, COROUTINES):
        bench.write(f"coroutines{coroutines}.lua", RECIPE.format(coroutines=coroutines, waits=WAITS))
        commands[f"sprun {coroutines}"] = [
            bench.sprun, "run", "--simulate", "--no-journal", "--max-cpu", "120", f"coroutines{coroutines}.lua"]
        commands[f"asyncio {coroutines}"] = [bench.python, "asyncio_peer.py", str(coroutines)]
    times = beside(commands, bench.folder, bench.environment, bench.turns)
    lines, data = [], {}
    for name in ("sprun", "asyncio"):
        cpu = times.median(f"{name} {COROUTINES}", "cpu")
        grown = times.median(f"{name} {COROUTINES}", "mib") - times.median(f"{name} {FEW}", "mib")
        data[name] = {"cpu": cpu, "bytes": grown * (1 << 20) / (COROUTINES - FEW)}
        lines.append([name, f"{cpu:.2f} s", number(data[name]["bytes"] / 1000) + " KB"])
    ratio = times.ratio(f"sprun {COROUTINES}", f"asyncio {COROUTINES}", "cpu")
    return Measured(
        [Check("seconds of CPU", data["sprun"]["cpu"], 2), Check("KB a coroutine", data["sprun"]["bytes"] / 1000, 8)],
        ["program", "CPU", "memory a coroutine"], lines,
        [f"sprun takes {number(ratio)} times the CPU time of asyncio, which does no more than switch. Memory is the "
         f"difference to {FEW} coroutines, in all processes."], data | {"cpu_ratio": ratio})
