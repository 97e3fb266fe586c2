"""Judges the simulator with the curl commands of ServerPilot's own guide to its API, letter by letter.

    seed_document.py BASE_URL CLIENT_ID API_KEY --cacert FILE

The commands ask for https://api.serverpilot.io/v1 with `-u $CLIENTID:$APIKEY`; a curl configuration file in CURL_HOME
leads them to BASE_URL's port and names FILE as the authority to trust. What they name and the demo account does not
have, or has already, must be refused for that and for nothing else: the same command with that one thing put right must
be done. Prints a line for each check, `ok` or `FAILED`, and ends with status 1 if a check failed.
"""

import argparse
import base64
import json
import os
import ssl
import subprocess
import tempfile
import time
import traceback
import urllib.error
import urllib.parse
import urllib.request

parser = argparse.ArgumentParser()
parser.add_argument("base_url")
parser.add_argument("client_id")
parser.add_argument("api_key")
parser.add_argument("--cacert", required=True)
options = parser.parse_args()
address = urllib.parse.urlsplit(options.base_url)

# The commands of the guide.
LIST_SERVERS = r"""curl https://api.serverpilot.io/v1/servers \
-u $CLIENTID:$APIKEY"""
LIST_APPS = r"""curl https://api.serverpilot.io/v1/apps \
-u $CLIENTID:$APIKEY"""
CREATE_APP = r"""curl https://api.serverpilot.io/v1/apps \
-u $CLIENTID:$APIKEY \
-H "Content-Type: application/json" \
-d '{"name": "example", "sysuserid": "RvnwAIfuENyjUVnl", "runtime": "php7.0", "domains": ["example.com", "www.example.com"]}'"""
CONNECT_SERVER = r"""curl https://api.serverpilot.io/v1/servers \
-u $CLIENTID:$APIKEY \
-H "Content-Type: application/json" \
-d '{"name": "www2"}'"""
CHECK_ACTION = r"""curl https://api.serverpilot.io/v1/actions/dIrCNoWunW92lPjw \
-u $CLIENTID:$APIKEY"""
# The credentials that it makes up.
CREDENTIALS = {"CLIENTID": "cid_2398yhfsdfhu3efui3", "APIKEY": "asdm29ejfleji3ofneihf9hfdisdhf2hejiwfhsdfsdf"}

SERVER = {
    "id": str, "name": str, "plan": str, "autoupdates": bool, "firewall": bool, "deny_unknown_domains": bool,
    "available_runtimes": list, "lastaddress": (str, type(None)), "lastconn": (int, type(None)), "datecreated": int,
}
APP = {
    "id": str, "name": str, "sysuserid": str, "serverid": str, "runtime": str, "domains": list,
    "ssl": (dict, type(None)), "datecreated": int,
}
ACTION = {"id": str, "serverid": str, "status": str, "datecreated": int}

counts = {"passed": 0, "failed": 0}


def check(name, holds, detail=""):
    counts["passed" if holds else "failed"] += 1
    print(f"ok {name}" if holds else f"FAILED {name}: {detail}", flush=True)


opener = urllib.request.build_opener(
    urllib.request.ProxyHandler({}),
    urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=options.cacert)),
)
authorization = "Basic " + base64.b64encode(f"{options.client_id}:{options.api_key}".encode()).decode()


def call(path, method="GET"):
    """The data of a reply to a request that no command of the guide makes; None where it is refused."""
    request = urllib.request.Request(options.base_url + path, headers={"Authorization": authorization}, method=method)
    try:
        with opener.open(request, timeout=20) as reply:
            return json.load(reply)["data"]
    except urllib.error.HTTPError:
        return None


def run(command, **environment):
    """The status and the document of what a command gets; a status of 0 and curl's words where it gets nothing."""
    with tempfile.TemporaryDirectory() as folder:
        with open(folder + "/.curlrc", "w", encoding="ascii") as file:
            file.write(f'connect-to = "api.serverpilot.io:443:{address.hostname}:{address.port}"\n')
            file.write(f'cacert = "{os.path.abspath(options.cacert)}"\n')
            file.write('noproxy = "*"\nmax-time = 20\nwrite-out = "\\n%{http_code} %{content_type}"\n')
        variables = {
            "PATH": os.environ["PATH"], "HOME": folder, "CURL_HOME": folder, "CLIENTID": options.client_id,
            "APIKEY": options.api_key,
        } | environment
        result = subprocess.run(
            ["bash", "-c", command], env=variables, capture_output=True, text=True, timeout=30, check=False
        )
    body, _, last = result.stdout.rpartition("\n")
    status, _, content_type = last.partition(" ")
    if result.returncode or not content_type.startswith("application/json"):
        return 0, result.stderr + result.stdout
    return int(status), json.loads(body)


def has_fields(value, fields):
    return (
        isinstance(value, dict)
        and set(value) == set(fields)
        and all(isinstance(value[name], kind) for name, kind in fields.items())
    )


def check_refused(name, result, status):
    got, document = result
    message = document.get("error", {}).get("message") if isinstance(document, dict) else None
    check(name, got == status and document == {"error": {"message": message}} and message, result)


def judge_lists():
    status, document = run(LIST_SERVERS)
    check("the servers are listed", status == 200 and document == {"data": call("/servers")}, document)
    check(
        "each server has the documented fields",
        document["data"] and all(has_fields(server, SERVER) for server in document["data"]), document,
    )
    status, document = run(LIST_APPS)
    check("the apps are listed", status == 200 and document == {"data": call("/apps")}, document)
    check(
        "each app has the documented fields",
        document["data"] and all(has_fields(app, APP) for app in document["data"]), document,
    )
    check_refused("the guide's made-up credentials are refused", run(LIST_SERVERS, **CREDENTIALS), 401)
    check_refused("the guide's made-up key is refused", run(LIST_APPS, APIKEY=CREDENTIALS["APIKEY"]), 401)


def judge_app():
    """The example's system user is another account's: with one of this account it is done."""
    check("no system user has the example's id", call("/sysusers/RvnwAIfuENyjUVnl") is None)
    check_refused("an app of a system user who does not exist is refused", run(CREATE_APP), 404)
    user = next(user for user in call("/sysusers") if user["name"] != "serverpilot")
    command = CREATE_APP.replace("RvnwAIfuENyjUVnl", user["id"])
    status, document = run(command)
    check("the same app of a system user who exists is created", status == 200, document)
    if status != 200:
        return
    app = document["data"]
    check("its reply has data and actionid", set(document) == {"data", "actionid"} and has_fields(app, APP), document)
    check(
        "its reply has what was asked for",
        (app["name"], app["sysuserid"], app["serverid"], app["runtime"], app["ssl"], sorted(app["domains"]))
        == ("example", user["id"], user["serverid"], "php7.0", None, ["example.com", "www.example.com"]),
        app,
    )
    check("it is in the list of apps", run(LIST_APPS)[1]["data"].count(app) == 1)
    check_refused("the same app once more is refused", run(command), 409)
    judge_action(document["actionid"], user["serverid"])
    check("the app is deleted again", call("/apps/" + app["id"], "DELETE") == {} and call("/apps/" + app["id"]) is None)


def judge_action(action, server):
    """The example's action is another account's: with that of the new app it is shown."""
    check_refused("an action that does not exist is refused", run(CHECK_ACTION), 404)
    command = CHECK_ACTION.replace("dIrCNoWunW92lPjw", action)
    limit = time.monotonic() + 20
    while (result := run(command))[1].get("data", {}).get("status") == "open" and time.monotonic() < limit:
        time.sleep(0.05)
    status, document = result
    check("the action of the app succeeds", status == 200 and document["data"]["status"] == "success", document)
    check(
        "the action has the documented fields",
        set(document) == {"data"}
        and has_fields(document["data"], ACTION)
        and (document["data"]["id"], document["data"]["serverid"]) == (action, server),
        document,
    )


def judge_server():
    """The command of the guide, as it stands there, on a fresh account."""
    status, document = run(CONNECT_SERVER)
    check("the server of the guide is created", status == 200, document)
    check_refused("the same command again is refused", run(CONNECT_SERVER), 409)
    if status != 200:
        return
    server = document["data"]
    check(
        "its reply has data and actionid, and in the data the apikey that the installer needs",
        set(document) == {"data", "actionid"} and has_fields(server, SERVER | {"apikey": str}) and server["apikey"],
        document,
    )
    check(
        "its reply has what was asked for",
        (server["name"], server["plan"], server["lastaddress"], server["lastconn"]) == ("www2", "economy", None, None),
        server,
    )
    del server["apikey"]
    check("it is in the list of servers, without the apikey", run(LIST_SERVERS)[1]["data"].count(server) == 1)
    status, document = run(CHECK_ACTION.replace("dIrCNoWunW92lPjw", document["actionid"]))
    check(
        "its action is open until the installer has run", status == 200 and document["data"]["status"] == "open",
        document,
    )
    check(
        "the server is deleted again",
        call("/servers/" + server["id"], "DELETE") == {} and call("/servers/" + server["id"]) is None,
    )


def judge():
    lists = ("/servers", "/sysusers", "/apps", "/dbs", "/sshkeys")
    before = [call(path) for path in lists]
    judge_lists()
    judge_app()
    judge_server()
    check("the account is as before", [call(path) for path in lists] == before)


try:
    judge()
except Exception as error:  # What is not as it should be may make any step impossible.
    check("the judge comes to its end", False, f"{type(error).__name__}: {error}")
    traceback.print_exc()
print(f"{counts['passed']} passed, {counts['failed']} failed")
raise SystemExit(1 if counts["failed"] else 0)
