"""A program on DurableSteps orders at an ordinary HTTP API, which loses replies, and is killed again and again.

usage: ordinary_api.py [--seed N] [--size KILLS] [--program PATH]

The judge is the shop, which is written here and knows nothing of the library: each reference was ordered once.
"""
import argparse
import http.server
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time


class Shop(http.server.ThreadingHTTPServer):
    """An order for each POST. It loses some replies, before or after it made the order."""
    daemon_threads = True

    def __init__(self, dice):
        super().__init__(("127.0.0.1", 0), Handler)
        self.dice, self.orders, self.lock = dice, [], threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        with self.server.lock:
            orders = list(self.server.orders)
        self.answer(orders)

    def do_POST(self):
        wanted = json.loads(self.rfile.read(int(self.headers["content-length"])))
        with self.server.lock:
            fate = self.server.dice.random()
            if fate >= 0.1:
                self.server.orders.append({"id": f"o{len(self.server.orders)}", "reference": wanted["reference"]})
                made = self.server.orders[-1]
        if fate < 0.25:
            self.close_connection = True
            return
        self.answer(made)


def main():
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--seed", type=int, default=random.randrange(1 << 31))
    reader.add_argument("--size", type=int, default=40, help="how many kills, at least")
    reader.add_argument("--program", default=os.path.join(
        os.path.dirname(os.environ.get("SPRUN", ".build/debug/sprun")), "durable-steps-example"))
    given = reader.parse_args()
    print(f"ordinary-api  seed {given.seed}", flush=True)
    dice, kills, runs, findings = random.Random(given.seed), 0, 0, []
    while kills < given.size and not findings:
        runs += 1
        shop = Shop(dice)
        threading.Thread(target=shop.serve_forever, daemon=True).start()
        references = [f"r{n}" for n in range(dice.randrange(1, 5))]
        with tempfile.TemporaryDirectory(prefix="sprun-trial-") as folder:
            command = [given.program, folder, f"http://127.0.0.1:{shop.server_port}", *references]
            for attempt in range(100):
                process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
                try:
                    # The first attempts are killed; then one is left to end.
                    said, _ = process.communicate(timeout=dice.uniform(0.02, 4) if attempt < 3 else 120)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.communicate()
                    kills += 1
                    time.sleep(0.05)
                    continue
                break
            counts = {name: sum(order["reference"] == name for order in shop.orders) for name in references}
            if process.returncode != 0:
                findings.append(f"run {runs}: exit status {process.returncode}: {said}")
            elif any(count != 1 for count in counts.values()):
                findings.append(f"run {runs}: {counts}")
            elif json.loads(said)["count"] != len(references):
                findings.append(f"run {runs}: it counts {said}")
        shop.shutdown()
        shop.server_close()
    print(f"ordinary-api  {kills} kills in {runs} runs: {len(findings)} findings", *findings, sep="\n")
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
