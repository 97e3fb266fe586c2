"""Judges the simulator with a client that others wrote: the PyPI package rwsp (module serverpilot).

    third_party_rwsp.py BASE_URL CLIENT_ID API_KEY [--cacert FILE]

Makes every call that the package has, on the demo account, and compares what it reports and what it changed with what
the API itself says when it is asked without the package. Prints a line for each check: `ok`, `FAILED`, or `their fault`
for something that the package cannot do, proven by doing it without the package. Ends with status 1 if a check failed.

Over plain HTTP the package gets another base URL and is unchanged otherwise. With --cacert not even that: it asks for
https://api.serverpilot.io/v1 as it always does, and finds the simulator there as it would by an entry in the hosts
file and a forwarded port, with FILE as the authority that it trusts.
"""

import argparse
import base64
import inspect
import json
import os
import socket
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
parser.add_argument("--cacert")
options = parser.parse_args()

NAME = "api.serverpilot.io"
address = urllib.parse.urlsplit(options.base_url)
find_address = socket.getaddrinfo
asked_for = []


def lead(host, port, *rest, **named):
    """Leads ServerPilot's name to the simulator, and nobody out of this machine."""
    asked_for.append((host, port))
    if (host, port) == (NAME, 443) and options.cacert:
        host, port = address.hostname, address.port
    if host not in ("127.0.0.1", "::1", "localhost"):
        raise OSError(f"not led anywhere: {host}:{port}")
    return find_address(host, port, *rest, **named)


socket.getaddrinfo = lead
os.environ["NO_PROXY"] = "*"
if options.cacert:
    os.environ["REQUESTS_CA_BUNDLE"] = options.cacert

from serverpilot.serverpilot import ServerPilot  # noqa: E402  (after what it looks at has been set)

counts = {"passed": 0, "failed": 0}


def report(passed, line):
    counts["passed" if passed else "failed"] += 1
    print(line if passed else "FAILED " + line, flush=True)


def check(name, holds, detail=""):
    report(bool(holds), f"ok {name}" if holds else f"{name}: {detail}")


def their_fault(name, reason, proven, detail=""):
    report(bool(proven), f"their fault {name}: {reason}" if proven else f"{name}: not proven: {detail}")


# The API without the package.

handlers = [urllib.request.ProxyHandler({})]
if options.cacert:
    handlers.append(urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=options.cacert)))
opener = urllib.request.build_opener(*handlers)
authorization = "Basic " + base64.b64encode(f"{options.client_id}:{options.api_key}".encode()).decode()


def call(method, path, body=None):
    """The status and the document of a reply."""
    request = urllib.request.Request(
        options.base_url + path, None if body is None else json.dumps(body).encode(),
        {"Authorization": authorization, "Content-Type": "application/json"}, method=method,
    )
    try:
        with opener.open(request, timeout=20) as reply:
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def get(path):
    """The data of a reply; None where there is no such thing."""
    status, document = call("GET", path)
    return document["data"] if status == 200 else None


def finished(action):
    """The status of an action that has ended; as it is after twenty seconds if it has not."""
    limit = time.monotonic() + 20
    while (status := get("/actions/" + action)["status"]) == "open" and time.monotonic() < limit:
        time.sleep(0.02)
    return status


# The package, and which of its calls were made.


class Watched:
    """Passes everything on to the client and notes the names of the methods."""

    def __init__(self, client):
        self.client = client
        self.used = set()

    def __getattr__(self, name):
        self.used.add(name)
        return getattr(self.client, name)


client = Watched(ServerPilot(options.client_id, options.api_key))
if not options.cacert:
    client.client.BaseUrl = options.base_url

ENVELOPE = {"data", "actionid"}
FIELDS = {
    "server": {
        "id", "name", "plan", "autoupdates", "firewall", "deny_unknown_domains", "available_runtimes", "lastaddress",
        "lastconn", "datecreated",
    },
    "sysuser": {"id", "name", "serverid"},
    "app": {"id", "name", "sysuserid", "serverid", "runtime", "domains", "ssl", "datecreated"},
    "db": {"id", "name", "appid", "serverid", "user"},
    "sshkey": {"id", "name", "sha256_fingerprint", "public_key", "datecreated"},
    "action": {"id", "serverid", "status", "datecreated"},
    "ssl": {"key", "cert", "cacerts", "auto", "force"},
}


def check_list(name, reply, path, kind):
    check(f"{name} lists what the API lists", reply == {"data": get(path)}, reply)
    check(
        f"{name} has things of the documented fields",
        reply["data"] and all(set(item) == FIELDS[kind] for item in reply["data"]), reply,
    )


def check_change(name, reply, path, kind, more=(), without=()):
    """A reply with an action that succeeds, and the thing as the API has it from now on."""
    check(f"{name} replies data and actionid", set(reply) == ENVELOPE, reply)
    check(f"{name} replies the documented fields", set(reply["data"]) == FIELDS[kind] | set(more), reply)
    stored = get(path.format(reply["data"].get("id"))) or {}
    for member in more:
        reply["data"].pop(member, None)
    stored = {key: value for key, value in stored.items() if key not in without}
    check(f"{name} replies what the API has from now on", reply["data"] == stored, (reply["data"], stored))
    return reply["data"]


def check_deletion(name, reply, path, envelope=ENVELOPE):
    check(f"{name} replies {' and '.join(sorted(envelope))}", set(reply) == envelope and reply["data"] == {}, reply)
    check(f"{name} has deleted it", call("GET", path)[0] == 404, get(path))


def refused(act):
    """What the package says when it fails; None when it does not."""
    try:
        act()
    except Exception as error:  # The package raises nothing more exact.
        return f"{type(error).__name__}: {error}"
    return None


def certificate(domain):
    """A private key and a certificate of its own for the domain, in PEM."""
    with tempfile.TemporaryDirectory() as folder:
        key, cert = folder + "/key", folder + "/cert"
        subprocess.run(
            [
                "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=" + domain,
                "-addext", "subjectAltName=DNS:" + domain, "-keyout", key, "-out", cert,
            ],
            check=True,
            capture_output=True,
        )
        with open(key, encoding="ascii") as key_file, open(cert, encoding="ascii") as cert_file:
            return key_file.read(), cert_file.read()


def public_key(filling):
    """A public key of type ssh-ed25519 as in authorized_keys, of 32 bytes that are all the same."""
    parts = [b"ssh-ed25519", bytes([filling]) * 32]
    blob = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return "ssh-ed25519 " + base64.b64encode(blob).decode()


def judge_servers():
    check_list("list_servers", client.list_servers(), "/servers", "server")
    www1 = get("/servers")[0]
    check("get_server gets what the API has", client.get_server(www1["id"]) == {"data": get("/servers/" + www1["id"])})

    reply = client.create_server({"name": "rwsp1", "plan": "business", "enable_ssh_password_auth": True})
    check(
        "create_server replies the server's apikey, once",
        reply["data"].get("apikey") and "apikey" not in get("/servers/" + reply["data"]["id"]), reply,
    )
    check(
        "create_server's action stays open until the installer has run",
        get("/actions/" + reply["actionid"])["status"] == "open", reply,
    )
    server = check_change("create_server", reply, "/servers/{}", "server", more=["apikey"])
    check(
        "create_server has made what was asked for", (server["name"], server["plan"]) == ("rwsp1", "business"), server
    )
    check(
        "create_server's server has its own system user",
        any(user["serverid"] == server["id"] and user["name"] == "serverpilot" for user in get("/sysusers")),
    )

    reply = client.update_server(www1["id"], {"firewall": not www1["firewall"]})
    check_change("update_server", reply, "/servers/{}", "server")
    check(
        "update_server has changed the server and nothing else",
        get("/servers/" + www1["id"]) == dict(www1, firewall=not www1["firewall"]), reply,
    )
    check("update_server's action succeeds", finished(reply["actionid"]) == "success")
    reply = client.update_server(www1["id"], {"firewall": www1["firewall"]})
    check("update_server can say false and true", get("/servers/" + www1["id"]) == www1, reply)

    check_deletion("delete_server", client.delete_server(server["id"]), "/servers/" + server["id"], {"data"})
    check(
        "delete_server has taken the server's users along",
        all(user["serverid"] != server["id"] for user in get("/sysusers")),
    )
    return www1


def judge_users(server):
    check_list("list_users", client.list_users(), "/sysusers", "sysuser")
    asked = {"name": "rwspuser", "password": "right-horse-1"}
    reply = client.create_user(server["id"], asked)
    user = check_change("create_user", reply, "/sysusers/{}", "sysuser")
    check(
        "create_user has made what was asked for", (user["name"], user["serverid"]) == ("rwspuser", server["id"]), user
    )
    check("create_user's action succeeds", finished(reply["actionid"]) == "success")
    their_fault(
        "create-user-changes-its-argument", "create_user writes the server's id into the caller's dictionary",
        asked.get("serverid") == server["id"], asked,
    )
    check("get_user gets what the API has", client.get_user(user["id"]) == {"data": get("/sysusers/" + user["id"])})
    reply = client.update_user(user["id"], {"password": "right-horse-2"})
    check_change("update_user", reply, "/sysusers/{}", "sysuser")
    check("update_user's action succeeds", finished(reply["actionid"]) == "success")

    message = refused(lambda: client.create_user(server["id"], {"name": "rwspkeyed"}))
    status, document = call("POST", "/sysusers", {"serverid": server["id"], "name": "rwspkeyed"})
    their_fault(
        "create-user-wants-a-password", "create_user sends nothing without a password, and the API takes that",
        message and "password is a required" in message and status == 200, (message, document),
    )
    if status == 200:
        check_deletion("delete_user", client.delete_user(document["data"]["id"]), "/sysusers/" + document["data"]["id"])
    return user


def judge_keys(user):
    key = client.add_sshkey("rwsp's key", public_key(7))
    check("add_sshkey replies data alone", set(key) == {"data"}, key)
    key = key["data"]
    check("add_sshkey replies the documented fields", set(key) == FIELDS["sshkey"], key)
    check("add_sshkey has added the key", get("/sshkeys/" + key["id"]) == dict(key, sysusers=[]), key)
    check_list("list_sshkeys", client.list_sshkeys(), "/sshkeys", "sshkey")
    renamed = client.rename_sshkey(key["id"], "renamed")
    check("rename_sshkey has renamed it", renamed == {"data": dict(key, name="renamed")}, renamed)
    reply = client.assign_sshkey(key["id"], user["id"])
    check("assign_sshkey replies no data but an actionid", set(reply) == ENVELOPE and reply["data"] == {}, reply)
    check("assign_sshkey's action succeeds", finished(reply["actionid"]) == "success")
    check_list("list_userkeys", client.list_userkeys(user["id"]), f"/sysusers/{user['id']}/sshkeys", "sshkey")
    holders = client.get_sshkey(key["id"])["data"]["sysusers"]
    check("get_sshkey tells who holds it", [holder["id"] for holder in holders] == [user["id"]], holders)
    message = refused(lambda: client.delete_sshkey(key["id"]))
    check("delete_sshkey is refused while a user holds it", message and get("/sshkeys/" + key["id"]), message)
    reply = client.detach_sshkey(key["id"], user["id"])
    check("detach_sshkey replies no data but an actionid", set(reply) == ENVELOPE and reply["data"] == {}, reply)
    check("detach_sshkey has taken it away", get(f"/sysusers/{user['id']}/sshkeys") == [])
    check_deletion("delete_sshkey", client.delete_sshkey(key["id"]), "/sshkeys/" + key["id"], {"data"})


def judge_apps(server, user):
    check_list("list_apps", client.list_apps(), "/apps", "app")
    runtimes = server["available_runtimes"]
    wordpress = {
        "site_title": "Rwsp", "admin_user": "admin", "admin_password": "right-horse-3",
        "admin_email": "admin@rwsp.example",
    }
    reply = client.create_app(
        {
            "name": "rwspapp", "sysuserid": user["id"], "runtime": runtimes[-1],
            "domains": ["rwsp.example", "www.rwsp.example"], "wordpress": wordpress,
        }
    )
    app = check_change("create_app", reply, "/apps/{}", "app", without=["autossl"])
    check(
        "create_app has made what was asked for",
        (app["name"], app["sysuserid"], app["runtime"], app["ssl"], sorted(app["domains"]))
        == ("rwspapp", user["id"], runtimes[-1], None, ["rwsp.example", "www.rwsp.example"]),
        app,
    )
    check("create_app's action succeeds", finished(reply["actionid"]) == "success")
    details = client.get_app(app["id"])
    check(
        "get_app gets what the API has, with autossl",
        details == {"data": get("/apps/" + app["id"])} and details["data"]["autossl"] == {"available": False}, details,
    )
    reply = client.update_app(app["id"], {"runtime": runtimes[-2], "domains": ["other.rwsp.example"]})
    check_change("update_app", reply, "/apps/{}", "app", without=["autossl"])
    check(
        "update_app has changed both",
        (reply["data"]["runtime"], reply["data"]["domains"]) == (runtimes[-2], ["other.rwsp.example"]), reply,
    )
    check(
        "update_app can clear the domains",
        client.update_app(app["id"], {"domains": []})["data"]["domains"] == [] == get("/apps/" + app["id"])["domains"],
    )
    return app


def judge_ssl(app):
    path = "/apps/" + app["id"]
    key, cert = certificate("rwsp.example")
    reply = client.enable_ssl(app["id"], {"key": key, "cert": cert, "cacerts": None})
    check("enable_ssl with a certificate replies data and actionid", set(reply) == ENVELOPE, reply)
    check(
        "enable_ssl has installed the certificate",
        get(path)["ssl"] == {"key": key, "cert": cert, "cacerts": None, "auto": False, "force": False}, get(path),
    )
    reply = client.force_ssl(app["id"])
    check("force_ssl replies the documented fields", set(reply["data"]) == FIELDS["ssl"], reply)
    check("force_ssl has turned the redirect on", get(path)["ssl"]["force"] is True is reply["data"]["force"], reply)
    check("force_ssl's action succeeds", finished(reply["actionid"]) == "success")
    status, document = call("POST", path + "/ssl", {"force": False})
    their_fault(
        "force-ssl-cannot-turn-off", "force_ssl takes no value and always sends true; the API takes false",
        list(inspect.signature(client.client.force_ssl).parameters) == ["appId"]
        and status == 200
        and get(path)["ssl"]["force"] is False,
        document,
    )
    reply = client.disable_ssl(app["id"])
    check("disable_ssl replies no data but an actionid", set(reply) == ENVELOPE and reply["data"] == {}, reply)
    check("disable_ssl has removed the certificate", get(path)["ssl"] is None, get(path))

    ready = next(item for item in get("/apps") if get("/apps/" + item["id"])["autossl"]["available"])
    reply = client.enable_ssl(ready["id"])
    check(
        "enable_ssl alone has turned AutoSSL on",
        set(reply["data"]) == FIELDS["ssl"] and get("/apps/" + ready["id"])["ssl"]["auto"] is True, reply,
    )
    check("enable_ssl's action succeeds", finished(reply["actionid"]) == "success")
    client.disable_ssl(ready["id"])
    check("disable_ssl has turned AutoSSL off", get("/apps/" + ready["id"])["ssl"] is None)


def judge_databases(app):
    check_list("list_databases", client.list_databases(), "/dbs", "db")
    reply = client.create_database(
        {"appid": app["id"], "name": "rwspdb", "user": {"name": "rwspdbuser", "password": "right-horse-4"}}
    )
    database = check_change("create_database", reply, "/dbs/{}", "db")
    check(
        "create_database has made what was asked for",
        (database["name"], database["appid"], database["user"]["name"]) == ("rwspdb", app["id"], "rwspdbuser")
        and set(database["user"]) == {"id", "name"},
        database,
    )
    check(
        "get_database gets what the API has",
        client.get_database(database["id"]) == {"data": get("/dbs/" + database["id"])},
    )
    reply = client.update_database(
        database["id"], {"user": {"id": database["user"]["id"], "password": "right-horse-5"}}
    )
    check_change("update_database", reply, "/dbs/{}", "db")
    check("update_database's action succeeds", finished(reply["actionid"]) == "success")
    check_deletion("delete_database", client.delete_database(database["id"]), "/dbs/" + database["id"])


def judge_requests(server, user, app):
    reply = client.delete_app(app["id"])
    check_deletion("delete_app", reply, "/apps/" + app["id"])
    status = finished(reply["actionid"])
    action = client.check_action(reply["actionid"])
    check(
        "check_action gets what the API has, in the documented fields",
        status == "success"
        and action == {"data": get("/actions/" + reply["actionid"])}
        and set(action["data"]) == FIELDS["action"],
        action,
    )
    check_deletion("delete_user", client.delete_user(user["id"]), "/sysusers/" + user["id"])

    check("make_request gets what the API has", client.make_request("servers") == {"data": get("/servers")})
    same = {"plan": server["plan"]}
    check(
        "make_request posts",
        client.make_request("servers/" + server["id"], "POST", same) == {"data": get("/servers/" + server["id"])},
    )
    check(
        "make_request deletes",
        "404" in (refused(lambda: client.make_request("servers/nobodyHasThisId1", "DELETE")) or ""),
    )
    their_fault(
        "make-request-other-methods", "make_request with another method stumbles over its own variable",
        "UnboundLocalError" in (refused(lambda: client.make_request("servers", "PUT")) or ""),
    )

    class Answer:
        status_code, reason = 200, "OK"

        def json(self):
            return {"data": []}

    check(
        "send_response gives the document or True",
        client.send_response(Answer()) == {"data": []} and client.send_response(Answer(), json=False) is True,
    )
    message = refused(lambda: client.update_user(get("/sysusers")[0]["id"], {"password": "short"}))
    status, document = call("POST", "/sysusers/" + get("/sysusers")[0]["id"], {"password": "short"})
    text = document.get("error", {}).get("message", "")
    their_fault(
        "error-text-thrown-away", "a refusal shows the status and not the API's message",
        status == 400 and text and message and "400" in message and text not in message, (message, document),
    )
    stranger = ServerPilot(options.client_id, "wrong")
    stranger.BaseUrl = client.client.BaseUrl
    check("a wrong API key is told as 401", "401" in (refused(stranger.list_servers) or ""))


def judge():
    before = {path: get(path) for path in ("/servers", "/sysusers", "/apps", "/dbs", "/sshkeys")}
    server = judge_servers()
    user = judge_users(server)
    judge_keys(user)
    app = judge_apps(server, user)
    judge_ssl(app)
    judge_databases(app)
    judge_requests(server, user, app)
    after = {path: get(path) for path in before}
    check("the account is as before", after == before, (before, after))
    methods = {name for name, _ in inspect.getmembers(ServerPilot, inspect.isfunction) if not name.startswith("_")}
    check(f"all {len(methods)} methods of the package were called", methods <= client.used, methods - client.used)
    if options.cacert:
        check(
            "the package was led here from its own address", asked_for.count((NAME, 443)) > len(methods), asked_for[:5]
        )


try:
    judge()
except Exception as error:  # What is not as it should be may make any step impossible.
    check("the judge comes to its end", False, f"{type(error).__name__}: {error}")
    traceback.print_exc()
print(f"{counts['passed']} passed, {counts['failed']} failed")
raise SystemExit(1 if counts["failed"] else 0)
