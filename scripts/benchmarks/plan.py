"""P8: how long `sprun plan` takes on a large account, beside the reads that it cannot do without.

usage: plan.py SPRUN

The account is simulated on loopback. Beside each plan, curl asks for the same lists, one after the other; what is left
is what planning costs: reading the replies, the copy, the recipe, the text. Printed are medians of five.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

from simulator import Simulator, account, stop

TURNS = 5
SIZES = [100, 1_000, 10_000]
RECIPES = {
    # (the recipe, the lists that it needs)
    "a new site": ("""
local server = sp.find_server{ name = "www1" }
local user = sp.ensure_sysuser{ serverid = server.id, name = "newuser" }
local app = sp.ensure_app{ name = "newsite", sysuserid = user.id, runtime = "php8.4", domains = { "new.example" } }
sp.ensure_db{ appid = app.id, name = "newsite", user = { name = "newsite", password = sp.secret("db") } }
""", ["servers", "sysusers", "apps", "dbs"]),
    "one of 100 apps changed": ("""
for index, app in ipairs(sp.apps()) do
    if index % 100 == 0 then sp.ensure_app{ name = app.name, sysuserid = app.sysuserid, runtime = "php8.3" } end
end
""", ["servers", "sysusers", "apps"]),
}


def median(work):
    times = []
    for _ in range(TURNS):
        began = time.monotonic()
        work()
        times.append(time.monotonic() - began)
    return statistics.median(times)


def main():
    sprun = os.path.abspath(sys.argv[1])
    print("| plan | apps | the reads alone | the plan | beyond the reads |\n|---|--:|--:|--:|--:|", flush=True)
    with tempfile.TemporaryDirectory(prefix="sprun-bench-") as folder:
        for apps in SIZES:
            with open(os.path.join(folder, "account.json"), "w", encoding="utf-8") as file:
                json.dump(account(apps), file)
            simulator = Simulator(sprun, folder, "--seed-account", "account.json")
            environment = dict(os.environ, HOME=folder, SPRUN_HOME=folder, SERVERPILOT_API_URL=simulator.base,
                               SERVERPILOT_CLIENT_ID="cid_bench", SERVERPILOT_API_KEY="key_of_the_benchmark")
            curl = ["curl", "--silent", "--fail", "--user", "cid_bench:key_of_the_benchmark"]
            for name, (recipe, lists) in RECIPES.items():
                path = os.path.join(folder, "recipe.lua")
                with open(path, "w", encoding="utf-8") as file:
                    file.write(recipe)

                def ask():
                    for listing in lists:
                        subprocess.run([*curl, f"{simulator.base}/{listing}"], check=True, stdout=subprocess.DEVNULL)

                def plan():
                    subprocess.run([sprun, "plan", path], check=True, env=environment, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)

                reads, whole = median(ask), median(plan)
                print(f"| {name} | {apps:,} | {reads:.2f} s | {whole:.2f} s | {whole - reads:.2f} s |", flush=True)
            stop(simulator.process)


main()
