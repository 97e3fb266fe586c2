"""P5 in real time: a fleet over HTTP, beside what scripts do."""
import concurrent.futures
import json
import os
import subprocess
import sys
import time

from table import Check, Measured, number

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "trials"))
import harness  # pylint: disable=wrong-import-position

NUMBER, TITLE = "P5", "A fleet over HTTP, in real time"
WORK = "100 sites on 20 servers over HTTP, in real time"
BESIDE = "Python with 100 threads that poll every 2 s; a sequential script"
GOAL = "time at most 1.05 × the longest queue, requests at most 1.2 × the least"
SITES, SERVERS = 100, 20
# The sequential script takes 40 s a site. Its time for all is that of these, multiplied.
SEQUENTIAL = 6
PATIENCE = 1800

RECIPE = """local servers, sites = sp.servers(), {}
for i = 1, tonumber(sp.params.count) do sites[i] = { name = "site" .. i, server = servers[(i - 1) % #servers + 1].id } end
sp.each(sites, function(site)
    local function done(thing, action)
        sp.wait(action, { timeout = "20h" })
        return thing
    end
    local user = done(sp.create_sysuser{ serverid = site.server, name = site.name })
    local app = done(sp.create_app{ name = site.name, sysuserid = user.id, runtime = "php8.3" })
    done(sp.create_db{
        appid = app.id, name = site.name, user = { name = site.name, password = "a-password-of-some-length" },
    })
    done(sp.update_app(app.id, { runtime = "php8.4" }))
end)
"""
CLIENT = """import concurrent.futures, os, sys, time
from serverpilot.serverpilot import ServerPilot

client = ServerPilot(os.environ["SERVERPILOT_CLIENT_ID"], os.environ["SERVERPILOT_API_KEY"])
client.BaseUrl = os.environ["SERVERPILOT_API_URL"]
servers = [server["id"] for server in client.list_servers()["data"]]

def done(reply):
    while client.check_action(reply["actionid"])["data"]["status"] == "open":
        time.sleep(2)
    return reply["data"]["id"]

def site(number):
    name = f"site{number}"
    user = done(client.create_user(servers[number % len(servers)], {"name": name, "password": "a-password-of-some-length"}))
    app = done(client.create_app({"name": name, "sysuserid": user, "runtime": "php8.3"}))
    done(client.create_database(
        {"appid": app, "name": name, "user": {"name": name, "password": "a-password-of-some-length"}}))
    done(client.update_app(app, {"runtime": "php8.4"}))

with concurrent.futures.ThreadPoolExecutor(int(sys.argv[2])) as pool:
    list(pool.map(site, range(int(sys.argv[1]))))
"""


class Fleet:
    """A simulated fleet, and a program that makes sites on it."""

    def __init__(self, bench, name, sites, command):
        self.bench, self.name, self.sites, self.command = bench, name, sites, command
        self.user = harness.User(bench.sprun)
        self.user.write("fleet.json", json.dumps({"servers": [{"name": f"www{n}"} for n in range(SERVERS)]}))
        self.user.write("sites.lua", RECIPE)
        self.user.write("client.py", CLIENT)

    def figures(self):
        """Runs the program, and reads what it did from the simulator's tables and log."""
        # The latency is real too: the speed is that of our clock.
        with harness.Simulation(
                self.user, "--seed", "1", "--seed-account", "fleet.json", "--fault", "*=delay,time=80ms",
                "--speed", "1") as simulation:
            done = run(self.command, self.user, simulation.environment)
            actions, requests = simulation.account.rows("actions"), simulation.requests()
        self.user.remove()
        if done.status != 0:
            raise RuntimeError(f"{self.name}: {done!r}")
        queues = {}
        for action in actions:
            queues[action["server"]] = queues.get(action["server"], 0) + action["duration"] / 1e9
        gets = [request["path"] for request in requests if request["method"] == "GET"]
        polls = [path for path in gets if path.startswith("/actions/")]
        lists = [path for path in gets if not path.startswith("/actions/")]
        return {
            "sites": self.sites, "seconds": done.seconds, "bound": max(queues.values()), "actions": len(actions),
            "requests": len(requests), "polls": len(polls), "lists": len(lists),
            "least": len(set(lists)) + len(requests) - len(gets) + len(actions)}


def run(command, user, environment):
    """Runs a program without the usual time limit of a trial."""
    begun = time.monotonic()
    program = subprocess.Popen(
        command, cwd=user.folder, env=user.environment | environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, errors="replace")
    return harness.finish(program, begun, PATIENCE)


def measure(bench):
    fleets = [
        Fleet(bench, "sprun", SITES, [bench.sprun, "run", "sites.lua", f"count={SITES}"]),
        Fleet(bench, "Python, 100 threads", SITES, [bench.python, "client.py", str(SITES), str(SITES)]),
        Fleet(bench, "Python, sequential", SEQUENTIAL, [bench.python, "client.py", str(SEQUENTIAL), "1"]),
    ]
    # They only wait, so they run beside each other, each on a simulator of its own.
    with concurrent.futures.ThreadPoolExecutor(len(fleets)) as pool:
        figures = dict(zip([fleet.name for fleet in fleets], pool.map(Fleet.figures, fleets)))
    sprun = figures["sprun"]
    sequential = figures["Python, sequential"]
    sequential["seconds"] *= SITES / SEQUENTIAL
    sequential["bound"] = sprun["bound"]
    lines = [[name, number(each["seconds"] / each["bound"]), number(each["requests"] / each["least"]),
              number(each["polls"] / each["actions"]), str(each["lists"])] for name, each in figures.items()]
    return Measured(
        [Check("time over HTTP", sprun["seconds"] / sprun["bound"], 1.05),
         Check("requests over HTTP", sprun["requests"] / sprun["least"], 1.2)],
        ["program", "time beside the queue", "requests beside the least", "polls an action", "list reads"], lines,
        [f"One turn. The sequential script made {SEQUENTIAL} sites; its time is multiplied."], figures)
