"""P2: one question to the account."""
from measuring import beside
from servers import CURL, Simulator, write_account
from table import Check, Measured, millions, number

NUMBER, TITLE = "P2", "One question"
WORK = "print the names of 1,000 apps of `sprun simulate` on loopback"
BESIDE = "`curl | jq`, the Python client `rwsp`"
GOAL = "at most 1 × `curl | jq`, 0.1 × Python"
APPS = 1000
TURNS = 11

NAMES = "for _, app in ipairs(sp.apps()) do print(app.name) end\n"
CLIENT = """import sys
from serverpilot.serverpilot import ServerPilot
client = ServerPilot(sys.argv[2], sys.argv[3])
client.BaseUrl = sys.argv[1]
for app in client.list_apps()["data"]:
    print(app["name"])
"""


def measure(bench):
    write_account(bench.folder, APPS)
    bench.write("names.lua", NAMES)
    bench.write("names.py", CLIENT)
    with Simulator(bench.sprun, bench.folder, "--seed-account", "account.json") as simulator:
        environment = bench.environment | simulator.environment
        python = [bench.python, "names.py", *simulator.environment.values()]
        peers = {
            "sprun": [bench.sprun, "run", "names.lua"], "sprun --no-journal": [bench.sprun, "run", "--no-journal",
                                                                              "names.lua"],
            "curl | jq": f"{CURL} {simulator.base}/apps | jq -r '.data[].name'", "rwsp": python}
        times = beside(peers, bench.folder, environment, max(TURNS, bench.turns))
        curl, body = bench.counter.program([*CURL.split(), f"{simulator.base}/apps"], bench.folder, environment)
        path = bench.write("apps.json", body.decode())
        counts = {
            "sprun": bench.counter.run(["run", "names.lua"], bench.folder, environment),
            "sprun --no-journal": bench.counter.run(["run", "--no-journal", "names.lua"], bench.folder, environment),
            "curl | jq": [curl, bench.counter.program(["jq", "-r", ".data[].name", path], bench.folder, environment)[0]],
            "rwsp": [bench.counter.program(python, bench.folder, environment)[0]]}
    lines, data = [], {}
    for name in peers:
        ratios = {field: times.ratio(name, "curl | jq", field) for field in ("wall", "cpu", "mib")}
        data[name] = {f"{field}_beside_curl": value for field, value in ratios.items()} | {
            "wall": times.median(name), "instructions": counts[name]}
        lines.append([f"`{name}`", f"{times.median(name) * 1000:.0f} ms",
                      *map(number, ratios.values()), f"{times.median(name, 'mib'):.0f} MiB",
                      " + ".join(map(millions, counts[name]))])
    return Measured(
        [Check("beside curl | jq", times.ratio("sprun", "curl | jq"), 1),
         Check("beside rwsp", times.ratio("sprun", "rwsp"), 0.1)],
        ["program", "median", "beside curl | jq", "CPU beside", "memory beside", "memory", "instructions"], lines, [], data)
