"""Holds a running simulator to its own OpenAPI document with schemathesis.

usage: conformance.py SPRUN BASE_URL CLIENT_ID API_KEY --cases N [--seed N]

Sends at least N generated cases, the document's rules kept and broken: no 5xx, no reply outside the schema, nothing
accepted that the schema refuses, nothing refused that it allows but for a rule of the operation about the account.
Prints what schemathesis said where something failed, then `N passed, N failed`.
"""
import argparse
import base64
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import urllib.request


def arguments():
    parser = argparse.ArgumentParser()
    for name in ("sprun", "base_url", "client_id", "api_key"):
        parser.add_argument(name)
    parser.add_argument("--cases", type=int, required=True)
    parser.add_argument("--seed", type=int, default=None)
    return parser.parse_args()


def listed(options, path):
    token = base64.b64encode(f"{options.client_id}:{options.api_key}".encode()).decode()
    request = urllib.request.Request(options.base_url + path, headers={"Authorization": "Basic " + token})
    with urllib.request.urlopen(request, timeout=30) as reply:
        return [thing["id"] for thing in json.load(reply)["data"]]


def main():
    options = arguments()
    seed = options.seed if options.seed is not None else random.randrange(1 << 32)
    print(f"seed {seed}")
    folder = tempfile.mkdtemp(prefix="sprun-conformance-")
    document = os.path.join(folder, "openapi.json")
    rules = os.path.join(folder, "rules.json")
    for path, option in ((document, ["--openapi"]), (rules, ["--rules", "--json"])):
        with open(path, "wb") as file:
            subprocess.run([options.sprun, "simulate", *option], stdout=file, check=True)
    with open(document, encoding="utf-8") as file:
        operations = sum(len(methods) for methods in json.load(file)["paths"].values())
    # Which things there are, so that not only ids that nobody has are asked for.
    ids = {kind: listed(options, "/" + kind) for kind in ("servers", "sysusers", "apps", "dbs", "sshkeys")}
    with open(os.path.join(folder, "schemathesis.toml"), "w", encoding="utf-8") as file:
        for kind, values in ids.items():
            if values:
                file.write(f"[[operations]]\ninclude-path-regex = '^/{kind}/'\n")
                file.write(f"parameters = {{ \"path.id\" = {json.dumps(values[0])} }}\n")
    hooks = os.path.join(os.path.dirname(os.path.abspath(__file__)), "conformance_hooks.py")
    environment = dict(os.environ, SCHEMATHESIS_HOOKS=hooks, RULES=rules, PYTHONDONTWRITEBYTECODE="1")
    executable = os.path.join(os.path.dirname(sys.executable), "schemathesis")
    cases = 0
    failed = 0
    turn = 0
    while cases < options.cases and failed == 0:
        left = options.cases - cases
        command = [
            executable, "run", "openapi.json", "--url", options.base_url, "--auth",
            f"{options.client_id}:{options.api_key}", "--seed", str(seed + turn), "--no-color", "--max-examples",
            str(max(20, min(150, left // operations))), "--exclude-checks",
            # The second takes the id of another sequence, whose server was deleted, for that of the one just made (ST302
            # with an id that the POST before it had not given); that what was made can be read is the contract suite's.
            "positive_data_acceptance,ensure_resource_availability",
            "--warnings", "off",
            # Two threads that read source text at once end in a SystemError of Python 3.11 now and then.
            "--workers", "1",
        ]
        # Every other turn with things of the account in paths; in sequences of calls those have ids of their own.
        if turn % 2 == 0:
            command[1:1] = ["--config-file", "schemathesis.toml"]
            command += ["--phases", "examples,coverage,fuzzing"]
        run = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             text=True, check=False)
        found = re.search(r"Test cases:\s+(\d+) generated(?:, (\d+) found)?", run.stdout)
        if found is None or run.returncode not in (0, 1):
            print(run.stdout[-20000:])
            print("schemathesis did not run to its end")
            sys.exit(1)
        cases += int(found.group(1))
        failed += int(found.group(2) or 0)
        if run.returncode != 0:
            failed = max(failed, 1)
            print(run.stdout[-20000:])
        turn += 1
        print(f"turn {turn}: {found.group(1)} cases", flush=True)
    print(f"{cases - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
