"""Writes the golden journals again: runs of every kind, with the account that a resume of them needs.

    make.py --sprun .build/debug/sprun

It replaces journal.db, journal.key, account.db, cases.json, project/sprun.lock and project/vendor beside it. Do this
only with a sprun whose journals are to be read for ever, and never to make a test pass: what lies here was written by
the sprun that is named in README.md. Then `SPRUN_WRITE_GOLDEN=1` and the suite `GoldenJournalTests` write what that
sprun shows and resumes into `expected`. It takes about two minutes, a real sshd and git.
"""
import base64
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "..", "..", "scripts", "trials"))
import harness  # noqa: E402
import machine_world  # noqa: E402

# A journal knows its account by the address of the API, so the tests serve the account there too.
HOST, PORT = "127.83.16.1", 38416
CLIENT, KEY = "cid_golden", "key_golden"
SHARED = "/tmp/sprun-golden"


class Maker:
    """A user with the recipes, one account, and the runs that were made so far."""

    def __init__(self, sprun):
        self.user, self.cases = harness.User(sprun), []
        self.faults = []
        for name in os.listdir(os.path.join(HERE, "project")):
            if name.endswith(".lua"):
                shutil.copy(os.path.join(HERE, "project", name), self.user.folder)

    def serve(self, *faults, speed="600", seed="7"):
        """The account with these faults; it goes on where it was."""
        words = ["--host", HOST, "--client-id", CLIENT, "--api-key", KEY, "--speed", speed, "--seed", seed,
                 "--autossl-delay", "0s"]
        for fault in faults:
            words += ["--fault", fault]
        simulation = harness.Simulation(self.user, *words)
        simulation.port = PORT
        return simulation

    def runs(self):
        return [run for run, _, _ in self.user.journal.runs()]

    def case(self, name, ended, status, *resume, of=0):
        """Notes what became of the last run, or of one before it; how a test resumes it comes after its status."""
        if ended.status != status:
            self.faults.append(f"{name}: {ended}\n{ended.output}")
        self.cases.append({"name": name, "run": self.runs()[-1 - of], "resume": list(resume)})
        print(f"{name}: {self.cases[-1]['run']}", flush=True)

    def kinds(self):
        """The kinds and operations of the last run's entries."""
        run = self.runs()[-1] if self.runs() else None
        return [(entry[2], entry[4]) for entry in self.user.journal.entries() if entry[0] == run]

    def killed(self, simulation, until, *words, number=signal.SIGKILL):
        """Starts a run and ends it once its entries fulfil a condition."""
        before, begun = len(self.runs()), time.monotonic()
        program = self.user.start(*words, environment=simulation.environment)
        while program.poll() is None and time.monotonic() < begun + harness.STUCK_AFTER:
            if len(self.runs()) > before and until(self.kinds()):
                program.send_signal(number)
                break
            time.sleep(0.02)
        return harness.finish(program, begun)


def sent(operation):
    """Whether the last entry is the intent of an operation."""
    return lambda kinds: kinds[-1:] == [("intent", operation)]


def finished(maker):
    run = lambda s, *words: maker.user.run(*words, environment=s.environment)
    with maker.serve() as s:
        maker.case("finished", run(s, "run", "--yes", "finished.lua", "server=www1", "name=aaa"), 0)
        words = ["return { servers = #sp.servers(), secret = sp.secret('s') }"]
        maker.case("code", run(s, "run", "-e", *words), 0)
        maker.case("undone", run(s, "run", "site.lua", "name=bbb"), 0)
        undone = run(s, "undo", "--yes", maker.runs()[-1])
        maker.case("undo", undone, 0)
        maker.case("shown", run(s, "run", "-e", "sp.create_sysuser{ serverid = sp.find_server{ name = 'www1' }.id, "
                                "name = 'bbs', password = sp.secret('shown') }"), 0)
        terminal = os.path.join(HERE, "..", "terminal.py")
        subprocess.run([sys.executable, terminal, "--", maker.user.sprun, "show", "--reveal", maker.runs()[-1]],
                       env={**maker.user.environment, "TERM": "xterm"}, check=True, stdout=subprocess.DEVNULL)


def refused(maker):
    run = lambda s, *words: maker.user.run(*words, environment=s.environment)
    with maker.serve("create_db:1=402") as s:
        maker.case("failed", run(s, "run", "site.lua", "name=ccc"), 3)
    with maker.serve("create_db:first-2=402") as s:
        run(s, "run", "site.lua", "name=ccd")
        maker.case("failed-again", run(s, "resume", maker.runs()[-1]), 3)
    with maker.serve("create_db:1=402") as s:
        run(s, "run", "site.lua", "name=cce")
    with maker.serve() as s:
        maker.case("retried", run(s, "resume", maker.runs()[-1]), 0)
    with maker.serve("create_app:1=402") as s:
        run(s, "run", "site.lua", "name=ccf")
        maker.case("left-out", run(s, "resume", "--skip", maker.runs()[-1]), 3, "--accept-recipe-change")
    with maker.serve("create_sysuser:1=action_error") as s:
        maker.case("action-error", run(s, "run", "waits.lua", "name=ccg"), 3)
    with maker.serve("create_sysuser:1=action_error") as s:
        run(s, "run", "waits.lua", "name=cch")
        maker.case("action-error-accepted", run(s, "resume", "--skip", maker.runs()[-1]), 0)
    with maker.serve() as s:
        maker.case("read-failed", run(s, "run", "looks.lua", "id=AAAAAAAAAAAAAAAA"), 1)
        run(s, "run", "looks.lua", "id=BBBBBBBBBBBBBBBB")
        maker.case("read-left-out", run(s, "resume", "--skip", maker.runs()[-1]), 1, "--accept-recipe-change")
        run(s, "run", "reads.lua", "name=cci")
        maker.case("read-again", run(s, "resume", "--skip", maker.runs()[-1]), 1, "--skip")
        maker.case("code-failed", run(s, "run", "-e", "sp.create_sshkey{ name = 'cck', public_key = 'ssh-rsa AAAAcck' } "
                                      "error('no')"), 3, "--skip")


def killed(maker):
    with maker.serve("create_app:1=delay,time=10h") as s:
        maker.case("killed-done", maker.killed(s, sent("create_app"), "run", "site.lua", "name=ddd"), -9)
    with maker.serve("create_app:1=closed") as s:
        maker.case("killed-not-done", maker.killed(s, sent("create_app"), "run", "site.lua", "name=dde"), -9)
    with maker.serve("create_sysuser:1=action_slow,factor=100", speed="1") as s:
        waits = lambda kinds: kinds[-1:] == [("outcome", "create_app")]
        maker.case("killed-waiting", maker.killed(s, waits, "run", "waits.lua", "name=ddf"), -9)
    with maker.serve() as s:
        pauses = lambda kinds: kinds[-1:] == [("outcome", "create_sshkey")] and time.sleep(1) is None
        maker.case("killed-pausing", maker.killed(s, pauses, "run", "pauses.lua", "name=ddh"), -9)
    with maker.serve("create_app:1=delay,time=2m") as s:
        maker.case("cancelled", maker.killed(s, sent("create_app"), "run", "waits.lua", "name=ddg",
                                             number=signal.SIGINT), 130)


def undecided(maker):
    run = lambda s, *words: maker.user.run(*words, environment=s.environment)
    with maker.serve("create_server:1=reply_lost") as s:
        maker.case("server-key-lost", run(s, "run", "server.lua", "name=eee"), 7, "--recreate", "--yes")
    with maker.serve("create_server:1=reply_lost") as s:
        run(s, "run", "server.lua", "name=eef")
    with maker.serve() as s:
        maker.case("server-recreated", run(s, "resume", "--recreate", "--yes", maker.runs()[-1]), 0)
    with maker.serve("create_sshkey:1=closed") as s:
        maker.case("key-lost", run(s, "run", "key.lua", "name=eeg"), 7, "--recreate")
    with maker.serve("create_app:1=closed") as s:
        maker.killed(s, sent("create_app"), "run", "site.lua", "name=eeh")
        stopped = maker.runs()[-1]
        other = run(s, "run", "--no-journal", "-e", "local u = sp.find_sysuser{ name = 'eeh' } return { id = "
                    "sp.create_app{ name = 'eeh', sysuserid = u.id, runtime = 'php8.4' }.id }")
        app = [row["id"] for row in s.account.rows("apps") if row["name"] == "eeh"][0]
        if other.status:
            raise SystemExit(f"{other}")
    with maker.serve() as s:
        maker.case("candidates", run(s, "resume", stopped), 7, "--adopt", app)
    with maker.serve("create_app:1=closed") as s:
        maker.killed(s, sent("create_app"), "run", "site.lua", "name=eei")
        stopped = maker.runs()[-1]
        run(s, "run", "--no-journal", "-e", "local u = sp.find_sysuser{ name = 'eei' } return { id = "
            "sp.create_app{ name = 'eei', sysuserid = u.id, runtime = 'php8.4' }.id }")
        app = [row["id"] for row in s.account.rows("apps") if row["name"] == "eei"][0]
    with maker.serve("create_db:1=402") as s:
        run(s, "resume", stopped)
        maker.case("adopted", run(s, "resume", "--adopt", app, stopped), 3)


def deleted(maker):
    run = lambda s, *words: maker.user.run(*words, environment=s.environment)
    make = ("local s = sp.find_server{ name = 'www1' } local u = sp.create_sysuser{ serverid = s.id, name = '%s' } "
            "sp.create_app{ name = '%s', sysuserid = u.id, runtime = 'php8.4' }")
    for name in ["fff", "ffg"]:
        with maker.serve("delete_sysuser:1=closed") as s:
            run(s, "run", "--no-journal", "-e", make % (name, name))
            ended = maker.killed(s, sent("delete_sysuser"), "run", "--yes", "deletes.lua", f"name={name}")
            if name == "fff":
                maker.case("deletion-killed", ended, -9, "--yes")
                continue
            more = f"sp.create_app{{ name = '{name}-new', sysuserid = sp.find_sysuser{{ name = '{name}' }}.id, runtime = 'php8.4' }}"
            run(s, "run", "--no-journal", "-e", more)
        with maker.serve() as s:
            maker.case("deletion-grown", run(s, "resume", maker.runs()[-1]), 7, "--yes")


def shared(maker):
    """A recipe of somebody else, locked and with a copy beside it."""
    run = lambda s, *words: maker.user.run(*words, environment=s.environment)
    shutil.rmtree(SHARED, ignore_errors=True)
    os.makedirs(SHARED)
    with open(os.path.join(SHARED, "shared.lua"), "w", encoding="utf-8") as file:
        file.write("""return recipe {
    name = "shared", version = "1.0.0", summary = "Somebody else's", needs = { create = { "sysusers" } },
    params = { server = param.server{ required = true }, name = param.string{ required = true } },
    returns = { said = "string" },
    run = function(p) return { said = sp.create_sysuser{ serverid = p.server.id, name = p.name }.name } end,
}
""")
    who = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    subprocess.run("git init -q -b main . && git add . && git commit -qm one && git tag v1", shell=True, check=True,
                   cwd=SHARED, env={**os.environ, **who})
    with maker.serve("create_sshkey:1=402") as s:
        for words in (["get", "--yes", "imports.lua"], ["vendor"]):
            got = run(s, *words)
            if got.status:
                raise SystemExit(f"{words}: {got}")
        maker.case("imports", run(s, "run", "imports.lua", "name=ggg"), 3)
        # An import of the project's own has the path of this folder in its step, so no other folder can resume it.
        maker.case("imports-own", run(s, "run", "-e", "return { word = import('./part.lua').word }"), 0)


def outside(maker):
    token = base64.b64encode(f"{CLIENT}:{KEY}".encode()).decode()
    with maker.serve("create_sshkey:1=closed", "create_sshkey:3=reply_lost", "create_sshkey:6=reply_lost") as s:
        ended = maker.user.run("run", "--yes", "web.lua", "name=hhh", "token=@env:TOKEN",
                               environment={**s.environment, "TOKEN": token})
        maker.case("web", ended, 7, "--skip")


def shell(maker):
    folder = maker.user.path("ssh")
    os.makedirs(folder)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "golden", "-f", maker.user.path("id")],
                   check=True)
    daemon = machine_world.StandIn("sshd.py", "--folder", folder, "--authorized", maker.user.path("id.pub"),
                                   "--environment", f"HOME={folder}")
    told = daemon.told
    words = ["run", "shell.lua", f"host={told['host']}", f"port={told['port']}", f"user={told['user']}",
             "identity=" + maker.user.path("id"), f"host_key={told['fingerprint']}", f"folder={folder}"]
    try:
        with maker.serve("create_sshkey:1=402") as s:
            maker.case("shell", maker.user.run(*words, "name=iii", environment=s.environment), 1)
        with maker.serve() as s:
            maker.case("shell-killed", maker.killed(s, sent("ssh.run"), *words, "name=iij", "last=1"), -9)
            maker.cases[-1]["resume"] = None
    finally:
        daemon.stop()


def planned(maker):
    run = lambda s, *words: maker.user.run(*words, environment=s.environment)
    for name, faults, status in [("kkk", [], 0), ("kkl", ["create_app:1=402"], 3), ("kkm", ["create_sshkey:1=402"], 3)]:
        with maker.serve(*faults) as s:
            made = run(s, "plan", "--out", "plan", "branches.lua", f"name={name}")
            if made.status:
                raise SystemExit(f"{made}")
            maker.case(f"planned-{name}", run(s, "apply", "--yes", "plan"), status)


def checkpointed(path, copy):
    """Copies a database as one file without a write-ahead log."""
    for end in ("", "-wal"):
        if os.path.exists(path + end):
            shutil.copy(path + end, copy + end)
    database = sqlite3.connect(copy)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.execute("PRAGMA journal_mode = DELETE")
    database.execute("VACUUM")
    database.close()


def main():
    given = harness.options(__doc__.partition("\n")[0], 1, "times")
    maker = Maker(given.sprun)
    for part in (finished, refused, killed, undecided, deleted, shared, outside, shell, planned):
        part(maker)
    if maker.faults:
        raise SystemExit("\n".join(maker.faults))
    checkpointed(os.path.join(maker.user.home, "state", "journal.db"), os.path.join(HERE, "journal.db"))
    shutil.copy(os.path.join(maker.user.home, "state", "journal.key"), HERE)
    checkpointed(maker.user.path("account.db"), os.path.join(HERE, "account.db"))
    shutil.copy(maker.user.path("sprun.lock"), os.path.join(HERE, "project"))
    shutil.rmtree(os.path.join(HERE, "project", "vendor"), ignore_errors=True)
    shutil.copytree(maker.user.path("vendor"), os.path.join(HERE, "project", "vendor"))
    with open(os.path.join(HERE, "cases.json"), "w", encoding="utf-8") as file:
        json.dump(maker.cases, file, indent=1)
        file.write("\n")
    maker.user.remove()
    shutil.rmtree(SHARED)


if __name__ == "__main__":
    main()
