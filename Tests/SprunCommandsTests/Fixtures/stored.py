"""Judges the file of a simulator's store, by SQL alone.

usage: stored.py FILE; answered lines of load.py on standard input. Fails when something that was answered is not
there, or when a call is there in part.
"""
import json, sqlite3, sys

connection = sqlite3.connect(sys.argv[1])


def table(name):
    rows = connection.execute(f"SELECT id, document FROM {name} ORDER BY position").fetchall()
    return {id: json.loads(document) for id, document in rows}


servers, users, actions = table("servers"), table("sysusers"), table("actions")
with_user = {user["server"] for user in users.values() if user["name"] == "serverpilot"}
with_action = {action["server"] for action in actions.values()}
faults = []
for line in sys.stdin.read().split("\n"):
    if line:
        server, action = line.split()
        if server not in servers:
            faults.append(f"answered server {server} is lost")
        if action not in actions:
            faults.append(f"answered action {action} is lost")
faults += [f"server {id} is there without its user" for id in servers if id not in with_user]
faults += [f"server {id} is there without its action" for id in servers if id not in with_action]
names = [server["name"] for server in servers.values()]
if len(set(names)) != len(names):
    faults.append("a name is there twice")
if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
    faults.append("SQLite finds the file damaged")
print(len(servers))
sys.exit("\n".join(faults[:20]) if faults else 0)
