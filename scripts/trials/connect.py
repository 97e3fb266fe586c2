"""new-server, all the way: a machine at a provider, connected, with a user and a site; killed at every journal write.

Each round is in a `machine_world` of its own: simulator, provider, sshd and installer on loopback.

- whole: it is planned, which asks nobody; it runs; it runs again, and plans again, and changes nothing; remove-server
  leaves nothing.
- applied: a plan is carried out, also where the provider has the SSH key already, which the plan cannot know.
- spoiled: the provider loses requests and replies, fails after it has done it, and shows what is new only later.
- killed: once for each entry that the journal gets, a run is killed by SIGKILL when the entry is there, and resumed to
  its end. Exit status 7 is answered by --recreate: a server's record that never connected.
- failing: a wrong host key, a refused login, an installer that fails, one that takes too long, one that never connects,
  a machine that never boots, one that nobody answers at, a wrong token, a name that is taken. Each ends in time, with a
  status that is no 0, and words that say what is wrong and name what exists; then `undo` leaves nothing.

Judged by the files of provider and installer, and the tables of simulator and journal: one machine, one record, one
installation, one user, app, database and key. Beside it /proc is watched: no argument and no environment of sprun and
of what it starts may have the token, an API key of a server, or a password.
"""
import json
import os
import random
import re
import signal
import subprocess

import harness
import machine_world
from machine_world import NAME, TOKEN

# So many lives one run may have after its kill.
LIVES = 4


def finish(world, ended, counts):
    """Resumes a run until it ends; gives what went wrong."""
    for _ in range(LIVES):
        run, status = world.run
        if status == "done" or (ended.status == 0 and run is None):
            return []
        if ended.status not in (0, 7, -signal.SIGKILL):
            return [f"ended as it must not: {ended}"]
        recreate = ["--recreate"] if ended.status == 7 else []
        counts["decided"] += bool(recreate)
        words = ["resume", "--yes", run, *recreate] if run else world.words("run")
        ended = world.sprun(*words)
    run, status = world.run
    return [] if status == "done" else [f"no end after {LIVES} lives, the last: {ended}"]


def whole(world, counts):
    """Planned, run, run again, planned again."""
    faults = []
    planned = world.sprun(*world.words("plan"))
    if planned.status != 0 or world.provided()["count"] or world.simulation.changes() or world.counted("begun"):
        faults.append(f"planning asked somebody, or failed: {planned}")
    ended = world.sprun(*world.words("run"))
    faults += finish(world, ended, counts) + world.faults_of_things() + world.faults_of_secrets()
    changes, machines = len(world.simulation.changes()), world.provided()["creations"]
    again = world.sprun(*world.words("run"))
    if again.status or len(world.simulation.changes()) != changes or world.provided()["creations"] != machines:
        faults.append(f"a second run changed something: {again}")
    empty = world.sprun("plan", "--detailed-exitcode", *world.words("plan")[1:])
    if empty.status:
        faults.append(f"a plan after it has changes: {empty} {empty.output[-600:]}")
    removed = world.sprun("run", "--yes", "remove-server.lua", f"provider={world.api}",
                          f"token=@{world.user.path('token')}", f"name={NAME}")
    if removed.status or world.provided()["machines"] or [row for row in world.rows("servers") if row["name"] == NAME]:
        faults.append(f"remove-server has left something: {removed}")
    return faults


def applied(world, counts, has_key):
    """A plan is written, and carried out."""
    if has_key:
        at_provider(world, {"digitalocean": "/v2/account/keys", "hetzner": "/v1/ssh_keys"}[world.api],
                    {"name": "mine", "public_key": world.user.read("id.pub")})
    # Without a site: when AutoSSL becomes available no plan can know.
    planned = world.sprun("plan", "--out", "plan", *world.words("plan", domain=None, user="acme")[1:])
    ended = world.sprun("apply", "--yes", "plan")
    faults = [f"{part}" for part in (planned, ended) if part.status]
    return faults + world.faults_of_things(has_site=False) + world.faults_of_secrets()


SPOILED = {
    "a lost reply": {"lose": 1}, "lost requests": {"drop": 2}, "500 after the effect": {"fail_after": 1},
    "a lost reply, and lists that lag": {"lose": 1, "lag": 2},
    "lost replies, also about the key": {"lose": 2, "spoils_keys": True},
}


def spoiled(world, counts, settings):
    world.spoil(**settings)
    ended = world.sprun(*world.words("run"))
    return finish(world, ended, counts) + world.faults_of_things() + world.faults_of_secrets()


def killed(world, counts, entry):
    """A run that is killed when the journal has its nth entry; None where it never had so many."""
    ended = world.sprun(*world.words("run"), until=lambda: len(world.user.journal.entries()) >= entry)
    if ended.status == 0:
        return None
    counts["kills"] += ended.status == -signal.SIGKILL
    return finish(world, ended, counts) + world.faults_of_things() + world.faults_of_secrets()


def other_key(world):
    with open(world.user.path("other.pub"), encoding="utf-8") as file:
        key = " ".join(file.read().split()[:2])
    world.user.write("known_hosts", f"[127.0.0.1]:{world.host['port']} {key}\n")


def on_machine(name, text=""):
    def write(world):
        with open(os.path.join(world.machine, name), "w", encoding="utf-8") as file:
            file.write(text)
    return write


def at_provider(world, path, document):
    """Does something at the provider by hand."""
    world.user.write("header", f"Authorization: Bearer {TOKEN}\n")
    subprocess.run(["curl", "--silent", "--fail", "--output", "/dev/null", "--header", "@" + world.user.path("header"),
                    "--retry", "3", "--data", json.dumps(document), world.provider["url"] + path], check=True)


def taken(world):
    """Somebody else's machine of that name, without the tag."""
    at_provider(world, "/v1/ssh_keys", {"name": NAME, "public_key": world.user.read("other.pub")})
    key = world.provided()["keys"][0]["id"]
    at_provider(world, "/v1/servers", {"name": NAME, "server_type": "cx23", "image": "ubuntu-24.04", "location": "nbg1",
                                       "ssh_keys": [key]})


# What is prepared, which parameters are others, and what the words on standard error must have, as patterns.
FAILING = {
    "a wrong host key": (other_key, {}, [NAME, "host key|another key"]),
    "a refused login": (None, {"identity": "other"}, [NAME, "let in|refuse|denied"]),
    "an installer that fails": (on_machine("fail", "canary: no space left on device\n"), {},
                                [NAME, "canary: no space left on device"]),
    "an installer that takes too long": (on_machine("hang", "90"), {"timeout": "4s"}, [NAME, "did not end within 4"]),
    "a server that never connects": (on_machine("silent"), {"timeout": "4s"}, [NAME, "connect"]),
    "a machine that never boots": (lambda world: world.spoil(is_booting=False), {"timeout": "3s"},
                                   [rf"machine {NAME} \(\w+ \d+ at \w+\) is not up after 3 s"]),
    "a machine that nobody answers at": (None, {"ssh_port": "closed", "timeout": "3s"}, [NAME, "reach|answer|refused"]),
    "no route": (lambda world: world.spoil(address="240.0.0.1"), {"timeout": "3s"}, [NAME, "240.0.0.1"]),
    "a wrong token": (None, {"token": "other"}, ["401", "Unable to authenticate"]),
    "a name that is taken": (taken, {"provider": "hetzner"}, [NAME, "taken"]),
}


def failing(world, counts, prepare, changed, patterns):
    """Ends in time, says what is wrong and what exists; afterwards nothing is left."""
    if prepare:
        prepare(world)
    before = [machine["id"] for machine in world.provided()["machines"]]
    values = {"other": world.user.path("other"), "closed": harness.free_port()}
    changed = {name: values.get(value, value) for name, value in changed.items()}
    if "token" in changed:
        world.user.write("wrong", "another-token\n")
        changed["token"] = "@" + world.user.path("wrong")
    ended = world.sprun(*world.words("run", **changed))
    faults = []
    if ended.status not in (1, 3, 7, 8) or "(killed: it was stuck" in ended.error:
        faults.append(f"ended as it must not: {ended}")
    faults += [f"'{pattern}' is not said: {ended}" for pattern in patterns if not re.search(pattern, ended.error)]
    made = [machine for machine in world.provided()["machines"] if machine["id"] not in before]
    faults += [f"the machine {machine['id']} exists, and is not named: {ended}" for machine in made
               if str(machine["id"]) not in ended.error]
    run, _ = world.run
    undone = world.sprun("undo", "--yes", run) if run else ended
    if run and undone.status:
        faults.append(f"undo: {undone}")
    if [row for row in world.rows("servers") if row["name"] == NAME]:
        faults.append("undo has left the server's record")
    if [machine["id"] for machine in world.provided()["machines"]] != before:
        faults.append(f"undo has left the machine, or removed another one: {undone}")
    return faults + world.faults_of_secrets()


def play(given, dice, name, act, counts, findings, api=None, reaches=True):
    """One round in a world of its own."""
    api = api or dice.choice(list(machine_world.HOSTS))
    with machine_world.World(given.sprun, api, dice.randrange(1 << 32)) as world:
        found = act(world)
        if found:
            world.is_kept = True
            findings += [f"{name} at {world.api} in {world.user.folder}: {fault}" for fault in found]
            for finding in findings[-len(found):]:
                print(f"  {finding}", flush=True)
        # A busy machine may let one pass unseen.
        counts["watched"] += reaches
        counts["unseen"] += reaches and not world.saw_ssh
    counts["rounds"] += 1
    return found


def main():
    given = harness.options(__doc__.partition("\n")[0], 1000, "entries of the journal, at most, to kill a run at")
    dice, findings = random.Random(given.seed), []
    counts = {"rounds": 0, "kills": 0, "decided": 0, "watched": 0, "unseen": 0}
    for api in machine_world.HOSTS:
        play(given, dice, "whole", lambda world: whole(world, counts), counts, findings, api)
    for has_key in (False, True):
        play(given, dice, "applied", lambda world, has_key=has_key: applied(world, counts, has_key), counts, findings)
    for name, settings in SPOILED.items():
        play(given, dice, name, lambda world, settings=settings: spoiled(world, counts, settings), counts, findings)
    for name, (prepare, changed, patterns) in FAILING.items():
        play(given, dice, name, lambda world, case=(prepare, changed, patterns): failing(world, counts, *case), counts,
             findings, changed.get("provider"), reaches=False)
    for entry in range(1, given.size + 1):
        found = play(given, dice, f"killed at entry {entry}", lambda world, entry=entry: killed(world, counts, entry),
                     counts, findings)
        if found is None:
            break
    if counts["unseen"] * 10 > counts["watched"]:
        findings.append(f"the watch of /proc saw no ssh in {counts['unseen']} of {counts['watched']} rounds")
    harness.report("connect", f"{counts['rounds']} rounds, {counts['kills']} kills, {counts['decided']} decided by a "
                   f"person", findings)


if __name__ == "__main__":
    main()
