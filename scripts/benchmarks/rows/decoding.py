"""P4: lists that are decoded into Lua tables."""
import json

from measuring import beside
from servers import CURL, FixedFiles, Simulator, write_account
from table import Check, Measured, millions, number

NUMBER, TITLE = "P4", "Decoding"
WORK = "a list of 1,000, 10,000 and 100,000 apps from nginx into Lua tables"
BESIDE = "curl and `lua-cjson`"
GOAL = "for 100,000 apps at most 1 × the time, 1.5 × the memory"
SIZES = (1_000, 10_000, 100_000)
COUNT = "local n = 0\nfor _, app in ipairs(sp.apps()) do n = n + #app.name end\nreturn n\n"
PEER = 'local n = 0\nfor _, app in ipairs(require("cjson").decode(io.read("a")).data) do n = n + #app.name end\nprint(n)\n'
# A recipe has less memory by default.
MEMORY = ("--max-memory", "2000")


def lists(bench):
    """Lists of apps of each size: those of the simulator, again and again with other ids and names."""
    write_account(bench.folder, SIZES[0])
    with Simulator(bench.sprun, bench.folder, "--seed-account", "account.json") as simulator:
        some = json.loads(simulator.call("/apps"))["data"]
    for size in SIZES:
        apps = []
        for number_ in range(size):
            app, copy = some[number_ % len(some)], number_ // len(some)
            apps.append(app | {
                "id": app["id"][:-3] + f"{copy:03d}", "name": f"{app['name']}x{copy}",
                "domains": [f"x{copy}.{domain}" for domain in app["domains"]]} if copy else app)
        yield size, json.dumps({"data": apps}, separators=(",", ":")).encode()


def measure(bench):
    bench.write("count.lua", COUNT)
    bench.write("peer.lua", PEER)
    lines, data = [], {}
    for size, body in lists(bench):
        folder = bench.subfolder(f"list{size}")
        with FixedFiles(folder, {"apps": body}) as files:
            environment = bench.environment | files.environment
            run = ["run", *(MEMORY if size > 20_000 else ()), "count.lua"]
            times = beside(
                {"sprun": [bench.sprun, *run], "cjson": f"{CURL} {files.base}/apps | lua5.4 peer.lua"},
                bench.folder, environment, bench.turns)
            figures = {"apps": size, "bytes": len(body)} | {
                f"{field}_ratio": times.ratio("sprun", "cjson", field) for field in ("wall", "cpu", "mib")} | {
                name: {field: times.median(name, field) for field in ("wall", "cpu", "mib")} for name in
                ("sprun", "cjson")}
            counted = ""
            if size < SIZES[-1]:
                figures["instructions"] = bench.counter.run(run, bench.folder, environment)
                counted = " + ".join(map(millions, figures["instructions"]))
        data[str(size)] = figures
        lines.append([f"{size:,}", f"{times.median('sprun') * 1000:.0f} ms", f"{times.median('cjson') * 1000:.0f} ms",
                      number(figures["wall_ratio"]), number(figures["cpu_ratio"]),
                      f"{times.median('sprun', 'mib'):.0f} MiB", number(figures["mib_ratio"]), counted or "–"])
    most = data[str(SIZES[-1])]
    return Measured(
        [Check("time", most["wall_ratio"], 1), Check("memory", most["mib_ratio"], 1.5)],
        ["apps", "sprun", "curl and lua-cjson", "time", "CPU", "memory of sprun", "memory beside", "instructions"],
        lines, ["Memory is the sum of the peaks of all processes."], data)
