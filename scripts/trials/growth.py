"""The work on an account grows no faster than the account.

Accounts of n, 2n and 4n apps are created by `sprun simulate --reset --seed-account`, and read by a run that does
nothing. valgrind counts the instructions, which do not depend on the speed of the machine. From 2n to 4n apps there are
twice as many more as from n to 2n if the work is linear, and four times as many if it is quadratic. Work that grows by
more than the factor `MOST` is a finding. Without valgrind and strip, the trial ends with 2.
"""
import json
import os
import re
import shutil
import subprocess
import sys

import harness

MOST = 2.5
# As many as an account can have; they are read at each start.
SSH_KEYS = 1000


def account(size):
    """An account with so many apps, each with two domains and a database; ten apps have a user with an SSH key."""
    def app(number):
        return {"name": f"site{number}", "dbs": [{"name": f"db{number}"}],
                "domains": [f"site{number}.example", f"www.site{number}.example"]}

    keys = min(SSH_KEYS, size)
    users = [{"name": f"acme{first}", "sshkeys": [f"key{first % keys}"], "apps": [app(first + n) for n in range(10)]}
             for first in range(0, size, 10)]
    return {"servers": [{"name": "www1", "sysusers": users}],
            "sshkeys": [{"name": f"key{n}", "public_key": f"ssh-ed25519 {n:068}"} for n in range(keys)]}


def instructions(user, *words):
    """The number of instructions of sprun with these arguments, without those of sprun-lua."""
    done = subprocess.run(
        ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", user.sprun, *words],
        cwd=user.folder, env=user.environment, capture_output=True, text=True, timeout=1200)
    count = re.search(r"I +refs: +([\d,]+)", done.stderr)
    if done.returncode != 0 or count is None:
        raise SystemExit(f"{words} ended with {done.returncode}: {done.stderr[-600:]}")
    return int(count.group(1).replace(",", ""))


def main():
    given = harness.options(__doc__.splitlines()[0], 500, "apps in the smallest account")
    if not (shutil.which("valgrind") and shutil.which("strip")):
        print("valgrind or strip is missing")
        sys.exit(2)
    user = harness.User(given.sprun)
    try:
        # valgrind cannot read all that debuggers need.
        user.sprun = user.path("sprun")
        subprocess.run(["strip", "-g", "-o", user.sprun, given.sprun], check=True)
        shutil.copy(os.path.join(os.path.dirname(given.sprun), "sprun-lua"), user.path("sprun-lua"))
        counts = {"creating": [], "reading": []}
        for size in (given.size, 2 * given.size, 4 * given.size):
            user.write("seed.json", json.dumps(account(size)))
            counts["creating"].append(instructions(user, "simulate", "--reset", "--seed-account", "seed.json"))
            counts["reading"].append(instructions(user, "run", "--simulate", "-e", "return 1"))
        findings = []
        for name, (small, middle, large) in counts.items():
            growth = (large - middle) / (middle - small)
            print(f"{name}: {large / 1e6:.0f} million instructions for {4 * given.size} apps, growth {growth:.2f}")
            if growth > MOST:
                findings.append(f"{name}: the work grows by {growth:.2f} where the account grows by 2")
        harness.report("growth", f"accounts of {given.size} to {4 * given.size} apps", findings)
    finally:
        user.remove()


if __name__ == "__main__":
    main()
