"""P10: requests a second of `sprun simulate`, beside nginx with fixed files of the same bytes.

Server and client have a core each. Each line is measured in turns, sprun and nginx one after the other.
"""
import itertools
import json
import os
import re
import statistics
import subprocess

from measuring import CannotRun
from servers import CLIENT_CORE, FixedFiles, Simulator, write_account
from table import Check, Measured

NUMBER, TITLE = "P10", "The simulator"
WORK = "requests a second of `sprun simulate` with 1,000 apps"
BESIDE = "nginx with a fixed file of the same bytes"
GOAL = "over 10,000 a second on one core for GETs in memory"
SECONDS = 2
CONNECTIONS = 16


def wrk(url, headers, script=None):
    """The requests a second that a server answers."""
    command = ["taskset", "-c", CLIENT_CORE, "wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{SECONDS}s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    if script:
        command += ["-s", script]
    try:
        output = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise CannotRun(str(error)) from error
    if "Non-2xx" in output:
        raise CannotRun(f"{url}: some requests were refused\n{output}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1))


class Lines:
    """The lines of the details."""

    def __init__(self, turns):
        self.turns, self.lines, self.data = turns, [], {}

    def add(self, name, ours, theirs=None):
        """Measures a server, and nginx beside it."""
        mine, other = [], []
        for _ in range(self.turns):
            mine.append(ours())
            if theirs:
                other.append(theirs())
        rate = statistics.median(mine)
        self.data[name] = {"rate": rate}
        cells = ["–", "–"]
        if theirs:
            ratio = statistics.median(one / two for one, two in zip(mine, other))
            self.data[name]["ratio"] = ratio
            cells = [f"{statistics.median(other):,.0f}", f"{ratio:.2f}"]
        self.lines.append([name, f"{rate:,.0f}", *cells])
        return rate


def measure(bench):
    write_account(bench.folder, 1000)
    lines = Lines(bench.turns)
    update = bench.write("update.lua", """function request()
    return wrk.format("POST", nil, nil, '{"password":"longenough' .. math.random(100000) .. '"}')
end
""")
    with Simulator(bench.sprun, bench.folder, "--seed-account", "account.json") as memory:
        app = json.loads(memory.call("/apps"))["data"][500]["id"]
        bodies = {"app": memory.call("/apps/" + app), "servers": memory.call("/servers"), "apps": memory.call("/apps")}
        with FixedFiles(bench.subfolder("nginx"), bodies) as files:
            paths = {"app": ("GET /apps/:id", "/apps/" + app), "servers": ("GET /servers", "/servers"),
                     "apps": ("GET /apps", "/apps")}
            rates = {
                file: lines.add(
                    f"{name} ({len(bodies[file])} bytes), in memory",
                    lambda path=path: wrk(memory.base + path, memory.headers),
                    lambda file=file: wrk(f"{files.base}/{file}", {})) for file, (name, path) in paths.items()}
        user = json.loads(memory.call("/sysusers"))["data"][1]["id"]
        lines.add("POST /sysusers/:id, in memory",
                  lambda: wrk(f"{memory.base}/sysusers/{user}", memory.headers, update))
    with Simulator(bench.sprun, bench.folder, "--seed-account", "account.json", "--store", "account.db") as stored:
        user = json.loads(stored.call("/sysusers"))["data"][1]["id"]
        lines.add("POST /sysusers/:id, with store",
                  lambda: wrk(f"{stored.base}/sysusers/{user}", stored.headers, update))
        first = json.loads(stored.call("/apps"))["data"][0]["id"]
        lines.add("GET /apps/:id, with store", lambda: wrk(f"{stored.base}/apps/{first}", stored.headers))
        numbers = itertools.count()
        lines.add("POST /apps, with store", lambda: creations(bench, stored, next(numbers)))
    for name in ("account.db", "account.db-wal", "account.db-shm"):
        if os.path.exists(os.path.join(bench.folder, name)):
            os.unlink(os.path.join(bench.folder, name))
    return Measured(
        [Check("GETs of an app a second", rates["app"], 10_000, at_least=True),
         Check("GETs of four servers a second", rates["servers"], 10_000, at_least=True)],
        ["requests a second", "sprun simulate", "nginx", "ratio"], lines.lines, [], lines.data)


def creations(bench, stored, turn):
    """Apps on four servers, beside the thousand and more that there are."""
    servers = json.loads(stored.call("/servers"))["data"]
    # A system user has a thousand apps at most.
    owners = [json.loads(stored.call("/sysusers", {"serverid": s["id"], "name": f"bench{turn}x{n}"}))["data"]["id"]
              for s in servers for n in range(5)]
    path = bench.write("creations.lua", f"""local owners = {{ {", ".join(f'"{owner}"' for owner in owners)} }}
local number = 0
function request()
    number = number + 1
    return wrk.format("POST", nil, nil, string.format('{{"name":"b{turn}x%d","sysuserid":"%s","runtime":"php8.4"}}',
        number, owners[number % #owners + 1]))
end
""")
    return wrk(stored.base + "/apps", stored.headers, path)
