"""Servers on loopback: `sprun simulate`, and nginx with fixed files."""
import base64
import json
import os
import signal
import socket
import subprocess
import time
import urllib.request

from measuring import CannotRun

SERVER_CORE = "0"
CLIENT_CORE = str(max(os.sched_getaffinity(0)))
CLIENT_ID, API_KEY = "cid_bench", "key_of_the_benchmark"
CURL = f"curl --silent --fail --user {CLIENT_ID}:{API_KEY}"


def start(command, folder):
    """Starts a server on a core of its own."""
    try:
        return subprocess.Popen(["taskset", "-c", SERVER_CORE, *command], cwd=folder, stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, text=True)
    except OSError as error:
        raise CannotRun(str(error)) from error


class Server:
    """A server with the URL of its API; `with` stops it."""

    def __init__(self, process, base):
        self.process, self.base = process, base

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
        self.process.stdout.close()

    @property
    def environment(self):
        """The variables with which sprun uses it."""
        return {"SERVERPILOT_API_URL": self.base, "SERVERPILOT_CLIENT_ID": CLIENT_ID, "SERVERPILOT_API_KEY": API_KEY}


class Simulator(Server):
    """`sprun simulate`."""

    def __init__(self, sprun, folder, *options):
        process = start([sprun, "simulate", "--port", "0", "--client-id", CLIENT_ID, "--api-key", API_KEY, *options],
                        folder)
        line = process.stdout.readline()
        if "=" not in line:
            raise CannotRun(f"the simulator did not start: {line!r}")
        super().__init__(process, line.split("=", 1)[1].strip())
        token = base64.b64encode(f"{CLIENT_ID}:{API_KEY}".encode()).decode()
        self.headers = {"Authorization": "Basic " + token}

    def call(self, path, body=None):
        """Sends a request, and returns the body of the reply."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, self.headers)
        with urllib.request.urlopen(request, timeout=60) as reply:
            return reply.read()


class FixedFiles(Server):
    """nginx that serves bodies by path."""

    def __init__(self, folder, bodies):
        root = os.path.join(folder, "www")
        os.makedirs(root, exist_ok=True)
        # The worker of nginx that replies is another user.
        for each in (folder, root):
            os.chmod(each, 0o755)
        for name, body in bodies.items():
            with open(os.path.join(root, name), "wb") as file:
                file.write(body)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with open(os.path.join(folder, "nginx.conf"), "w", encoding="utf-8") as file:
            file.write(f"""daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}} http {{ access_log off; default_type application/json; keepalive_requests 1000000000;
server {{ listen 127.0.0.1:{port}; root {root}; }} }}""")
        process = start(["nginx", "-c", os.path.join(folder, "nginx.conf"), "-p", folder], folder)
        super().__init__(process, f"http://127.0.0.1:{port}")
        for _ in range(100):
            try:
                with urllib.request.urlopen(f"{self.base}/{next(iter(bodies))}", timeout=1) as reply:
                    reply.read()
                return
            except OSError:
                time.sleep(0.05)
        self.__exit__()
        raise CannotRun("nginx does not answer")


def account(apps):
    """An account with so many apps: on four servers, at most 500 with one user."""
    count = apps // 4

    def app(number):
        return {"name": f"site{number}", "domains": [f"site{number}.example", f"www.site{number}.example"]}

    return {"servers": [{"name": f"www{server}", "sysusers": [
        {"name": f"acme{first}", "apps": [app(number) for number in range(first, min(first + 500, count))]}
        for first in range(0, count, 500)]} for server in range(4)]}


def write_account(folder, apps):
    """Writes `account.json`, for `--seed-account`."""
    with open(os.path.join(folder, "account.json"), "w", encoding="utf-8") as file:
        json.dump(account(apps), file)
