"""Requests a second of `sprun simulate` beside nginx with fixed files of the same bytes.

usage: simulator.py SPRUN

Server and client have a core each. Each row is measured in turns, sprun and nginx one after the other; printed are
medians and the ratio of the two. Writes a table to standard output.
"""
import base64
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

SERVER_CORE = "0"
CLIENT_CORE = str(max(os.sched_getaffinity(0)))
TURNS = 5
SECONDS = 2
CONNECTIONS = 16


def start(command, folder):
    return subprocess.Popen(["taskset", "-c", SERVER_CORE, *command], cwd=folder, stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL, text=True)


def stop(process):
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=30)


class Simulator:
    """`sprun simulate` with an account of 1,000 apps."""

    def __init__(self, sprun, folder, *options):
        self.process = start([sprun, "simulate", "--port", "0", "--client-id", "cid_bench", "--api-key",
                              "key_of_the_benchmark", *options], folder)
        self.base = self.process.stdout.readline().split("=", 1)[1].strip()
        token = base64.b64encode(b"cid_bench:key_of_the_benchmark").decode()
        self.headers = {"Authorization": "Basic " + token}

    def call(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, self.headers)
        with urllib.request.urlopen(request, timeout=60) as reply:
            return reply.read()


def account(apps):
    """An account with so many apps: on four servers, at most 500 with one user."""
    count = apps // 4

    def app(number):
        return {"name": f"site{number}", "domains": [f"site{number}.example", f"www.site{number}.example"]}

    return {"servers": [{"name": f"www{server}", "sysusers": [
        {"name": f"acme{first}", "apps": [app(number) for number in range(first, min(first + 500, count))]}
        for first in range(0, count, 500)]} for server in range(4)]}


def wrk(url, headers, script=None):
    command = ["taskset", "-c", CLIENT_CORE, "wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{SECONDS}s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    if script:
        command += ["-s", script]
    output = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in output:
        raise SystemExit(f"{url}: some requests were refused\n{output}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1))


def nginx(folder, bodies):
    root = os.path.join(folder, "www")
    os.makedirs(root)
    for name, body in bodies.items():
        with open(os.path.join(root, name), "wb") as file:
            file.write(body)
    port = 18000 + os.getpid() % 1000
    with open(os.path.join(folder, "nginx.conf"), "w", encoding="utf-8") as file:
        file.write(f"""daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}} http {{ access_log off; default_type application/json; keepalive_requests 1000000000;
server {{ listen 127.0.0.1:{port}; root {root}; }} }}""")
    process = start(["nginx", "-c", os.path.join(folder, "nginx.conf"), "-p", folder], folder)
    base = f"http://127.0.0.1:{port}/"
    for _ in range(100):
        try:
            urllib.request.urlopen(base + next(iter(bodies)), timeout=1).read()
            return process, base
        except OSError:
            time.sleep(0.05)
    raise SystemExit("nginx does not answer")


def write_update(folder):
    path = os.path.join(folder, "update.lua")
    with open(path, "w", encoding="utf-8") as file:
        file.write("""function request()
    return wrk.format("POST", nil, nil, '{"password":"longenough' .. math.random(100000) .. '"}')
end
""")
    return path


def row(name, ours, theirs=None):
    mine, other = [], []
    for _ in range(TURNS):
        mine.append(ours())
        if theirs:
            other.append(theirs())
    rate = statistics.median(mine)
    beside = f"{statistics.median(other):>9,.0f} | {rate / statistics.median(other):.2f}" if theirs else f"{'–':>9} | –"
    print(f"| {name} | {rate:>9,.0f} | {beside} |", flush=True)


def main():
    sprun = os.path.abspath(sys.argv[1])
    folder = tempfile.mkdtemp(prefix="sprun-bench-")
    # The worker of nginx that answers is another user.
    os.chmod(folder, 0o755)
    with open(os.path.join(folder, "account.json"), "w", encoding="utf-8") as file:
        json.dump(account(1000), file)
    memory = Simulator(sprun, folder, "--seed-account", "account.json")
    app = json.loads(memory.call("/apps"))["data"][500]["id"]
    server = json.loads(memory.call("/servers"))["data"][0]["id"]
    bodies = {"app": memory.call("/apps/" + app), "servers": memory.call("/servers"), "apps": memory.call("/apps")}
    peer, base = nginx(folder, bodies)
    print("| requests a second, one core each for server and client | sprun simulate | nginx, fixed file | ratio |")
    print("|---|---:|---:|---:|")
    try:
        for name, path, file in (
            (f"GET /apps/:id ({len(bodies['app'])} bytes), in memory, 1,000 apps", "/apps/" + app, "app"),
            (f"GET /servers ({len(bodies['servers'])} bytes), in memory", "/servers", "servers"),
            (f"GET /apps ({len(bodies['apps'])} bytes), in memory", "/apps", "apps"),
        ):
            row(name, lambda: wrk(memory.base + path, memory.headers), lambda: wrk(base + file, {}))
        user = json.loads(memory.call("/sysusers"))["data"][1]["id"]
        script = write_update(folder)
        row("POST /sysusers/:id, in memory", lambda: wrk(f"{memory.base}/sysusers/{user}", memory.headers, script))
    finally:
        stop(memory.process)
        stop(peer)
    stored = Simulator(sprun, folder, "--seed-account", "account.json", "--store", "account.db")
    try:
        user = json.loads(stored.call("/sysusers"))["data"][1]["id"]
        row("POST /sysusers/:id, with store", lambda: wrk(f"{stored.base}/sysusers/{user}", stored.headers, script))
        row("GET /apps/:id, with store",
            lambda: wrk(stored.base + "/apps/" + json.loads(stored.call("/apps"))["data"][0]["id"], stored.headers))
        row("POST /apps, with store", lambda: creations(stored))
    finally:
        stop(stored.process)


CREATED = 0


def creations(stored):
    """Apps on four servers, beside the thousand and more that there are."""
    global CREATED
    servers = json.loads(stored.call("/servers"))["data"]
    # A system user has a thousand apps at most.
    owners = [json.loads(stored.call("/sysusers", {"serverid": s["id"], "name": f"bench{CREATED}x{n}"}))["data"]["id"]
              for s in servers for n in range(5)]
    with tempfile.NamedTemporaryFile("w", suffix=".lua", delete=False, encoding="utf-8") as file:
        path = file.name
        file.write(f"""local owners = {{ {", ".join(f'"{owner}"' for owner in owners)} }}
local number = 0
function request()
    number = number + 1
    return wrk.format("POST", nil, nil, string.format('{{"name":"b{CREATED}x%d","sysuserid":"%s","runtime":"php8.4"}}',
        number, owners[number % #owners + 1]))
end
""")
    rate = wrk(stored.base + "/apps", stored.headers, path)
    CREATED += 1
    os.unlink(path)
    return rate


if __name__ == "__main__":
    main()
