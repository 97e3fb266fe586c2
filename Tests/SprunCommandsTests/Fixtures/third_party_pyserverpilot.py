"""Judges the simulator with a client that others wrote: the PyPI package pyserverpilot.

    third_party_pyserverpilot.py BASE_URL CLIENT_ID API_KEY [--cacert FILE] [--source FOLDER]

No release of the package can be imported: neither wheel nor sdist of any of them, 1.0 to 1.2.2, holds its sub-packages
models, modules and schemas, since its setup.py names the outermost package alone. This judge proves that of the one
that is installed; then it stands in for the one class that is missed (the exception ServerpilotError) and makes every
request of the API with what was released, unchanged. With --source FOLDER it judges the whole client instead, unchanged
too, from a checkout of the package's own repository (github.com/opper/pyserverpilot; it needs marshmallow 3): every
method of its modules.

What the package reports and changes is compared with what the API itself says when it is asked without the package.
Prints a line for each check: `ok`, `FAILED`, or `their fault` for something that the package cannot do, proven by doing
it without the package. Ends with status 1 if a check failed.

Over plain HTTP the package gets another base URL and is unchanged otherwise. With --cacert not even that: it asks for
https://api.serverpilot.io/v1 as it always does, and finds the simulator there as it would by an entry in the hosts
file and a forwarded port, with FILE as the authority that it trusts.
"""

import argparse
import base64
import importlib
import importlib.metadata
import inspect
import json
import os
import socket
import ssl
import subprocess
import sys
import tempfile
import traceback
import types
import urllib.error
import urllib.parse
import urllib.request
import warnings

parser = argparse.ArgumentParser()
parser.add_argument("base_url")
parser.add_argument("client_id")
parser.add_argument("api_key")
parser.add_argument("--cacert")
parser.add_argument("--source")
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
# Its source compares with `is ''`, of which newer Pythons warn.
warnings.filterwarnings("ignore", category=SyntaxWarning)
sys.dont_write_bytecode = True
if options.source:
    options.source = os.path.abspath(options.source)
    sys.path.insert(0, options.source)

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


def make(path, body):
    """The data of the reply to a creation that has to succeed."""
    status, document = call("POST", path, body)
    if status != 200:
        raise AssertionError(f"{path} replied {status}: {document}")
    return document["data"]


def failure(act):
    """The error that the package ends a call with; None when it does not."""
    try:
        act()
    except Exception as error:  # Which ones there can be is what is judged.
        return error
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


PUBLIC_KEY = (
    "ssh-ed25519 "
    + base64.b64encode(b"".join(len(part).to_bytes(4, "big") + part for part in (b"ssh-ed25519", b"p" * 32))).decode()
)


# What was released.


def import_released():
    """The released class, with a stand-in for the one that its package leaves out."""
    distribution = importlib.metadata.distribution("pyserverpilot")
    files = sorted(str(file) for file in distribution.files or [] if file.suffix == ".py")
    error = failure(lambda: importlib.import_module("pyserverpilot"))
    their_fault(
        "import-fails", f"release {distribution.version} cannot be imported: it has no pyserverpilot.models",
        isinstance(error, ModuleNotFoundError)
        and error.name == "pyserverpilot.models"
        and files == ["pyserverpilot/__init__.py", "pyserverpilot/serverpilot.py"],
        (error, files),
    )

    class ServerpilotError(Exception):
        def __init__(self, code, message):
            super().__init__(code, message)
            self.code, self.message = code, message

    models = types.ModuleType("pyserverpilot.models")
    models.error = types.ModuleType("pyserverpilot.models.error")
    models.error.ServerpilotError = ServerpilotError
    sys.modules |= {models.__name__: models, models.error.__name__: models.error}
    return importlib.import_module("pyserverpilot").Serverpilot, ServerpilotError


def judge_released():
    client_class, error_class = import_released()
    lead_to_simulator(client_class)
    methods = {name for name, _ in inspect.getmembers(client_class, callable) if not name.startswith("_")}
    check("the released class has the one public method client", methods == {"client"}, methods)
    error = failure(lambda: client_class.client("apps", options.client_id, options.api_key))
    their_fault(
        "modules-missing", "Serverpilot.client has no module to give: the release has no pyserverpilot.modules",
        isinstance(error, ModuleNotFoundError) and error.name == "pyserverpilot.modules", error,
    )
    check("no client without credentials", isinstance(failure(client_class), ValueError))

    request = client_class(options.client_id, options.api_key)._request
    for path in ("servers", "sysusers", "apps", "dbs"):
        items = request("GET", path)
        check(f"GET {path} gives what the API has", items and items == get("/" + path), items)
        check(
            f"GET {path}/:id gives what the API has",
            request("GET", f"{path}/{items[0]['id']}") == get(f"/{path}/{items[0]['id']}"),
        )

    server = request("POST", "servers", {"name": "pysp1"})
    check("POST servers gives the apikey", server.pop("apikey", None) and server == get("/servers/" + server["id"]))
    changed = request("POST", "servers/" + server["id"], {"plan": "business", "autoupdates": False})
    check(
        "POST servers/:id changes it",
        changed == dict(server, plan="business", autoupdates=False) == get("/servers/" + server["id"]), changed,
    )
    key = request("POST", "sshkeys", {"name": "pysp", "public_key": PUBLIC_KEY})
    check("POST sshkeys adds it", [key] == request("GET", "sshkeys") == get("/sshkeys"), key)
    user = request("POST", "sysusers", {"serverid": server["id"], "name": "pysp", "password": "right-horse-1"})
    check("POST sysusers creates it", user == get("/sysusers/" + user["id"]), user)
    check(
        "POST sysusers/:id gives it", request("POST", "sysusers/" + user["id"], {"password": "right-horse-2"}) == user
    )
    keys_path = f"sysusers/{user['id']}/sshkeys"
    check("POST sysusers/:id/sshkeys gives nothing", request("POST", keys_path, {"sshkey_id": key["id"]}) == {})
    check("GET sysusers/:id/sshkeys lists it", request("GET", keys_path) == [key])
    check(
        "GET sshkeys/:id tells who holds it", request("GET", "sshkeys/" + key["id"])["sysusers"][0]["id"] == user["id"]
    )
    check(
        "POST sshkeys/:id renames it",
        request("POST", "sshkeys/" + key["id"], {"name": "other"}) == dict(key, name="other"),
    )
    check("DELETE sysusers/:id/sshkeys/:id gives nothing", request("DELETE", f"{keys_path}/{key['id']}") == {})
    check("DELETE sshkeys/:id deletes it", request("DELETE", "sshkeys/" + key["id"]) == {} and get("/sshkeys") == [])

    app = request(
        "POST", "apps",
        {
            "name": "pysp", "sysuserid": user["id"], "runtime": server["available_runtimes"][-1],
            "domains": ["pysp.example"],
        },
    )
    check("POST apps creates it", dict(app, autossl={"available": False}) == get("/apps/" + app["id"]), app)
    check("POST apps/:id replaces domains", request("POST", "apps/" + app["id"], {"domains": []})["domains"] == [])
    private_key, cert = certificate("pysp.example")
    body = {"key": private_key, "cert": cert, "cacerts": None}
    check("POST apps/:id/ssl installs a certificate", request("POST", f"apps/{app['id']}/ssl", body)["cert"] == cert)
    for force in (True, False):
        check(
            f"POST apps/:id/ssl sends force {force}",
            request("POST", f"apps/{app['id']}/ssl", {"force": force})["force"] is force,
        )
    check(
        "DELETE apps/:id/ssl removes it",
        request("DELETE", f"apps/{app['id']}/ssl") == {} and get("/apps/" + app["id"])["ssl"] is None,
    )
    database = request(
        "POST", "dbs", {"appid": app["id"], "name": "pysp", "user": {"name": "pysp", "password": "right-horse-3"}}
    )
    check("POST dbs creates it", database == get("/dbs/" + database["id"]), database)
    check(
        "POST dbs/:id gives it",
        database
        == request(
            "POST", "dbs/" + database["id"], {"user": {"id": database["user"]["id"], "password": "right-horse-4"}}
        ),
    )
    for path in ("dbs/" + database["id"], "apps/" + app["id"], "sysusers/" + user["id"]):
        kind = path.split("/")[0]
        check(f"DELETE {kind}/:id deletes it", request("DELETE", path) == {} and get("/" + path) is None)
    judge_errors(client_class, error_class, request, server)
    check(
        "DELETE servers/:id deletes it",
        request("DELETE", "servers/" + server["id"]) == {} and get("/servers/" + server["id"]) is None,
    )


def judge_errors(client_class, error_class, request, server):
    """What the package makes of refusals, and what it never shows."""
    path, body = "servers/" + server["id"], {"firewall": not server["firewall"]}
    given = request("POST", path, body)
    document = call("POST", "/" + path, {"firewall": server["firewall"]})[1]
    their_fault(
        "actionid-thrown-away", "a reply's actionid is never seen, so its action cannot be waited for",
        "actionid" not in given and "actionid" in document, (given, document),
    )
    action = request("GET", "actions/" + document["actionid"])
    check("GET actions/:id gives what the API has", action == get("/actions/" + document["actionid"]), action)
    error = failure(lambda: request("POST", path, {"plan": "gold"}))
    status, document = call("POST", "/" + path, {"plan": "gold"})
    check(
        "a refusal is a ServerpilotError with status and message",
        isinstance(error, error_class) and (error.code, error.message) == (status, document["error"]["message"]), error,
    )
    error = failure(lambda: request("GET", "apps/nobodyHasThisId1"))
    check("an unknown id is told as 404", isinstance(error, error_class) and error.code == 404, error)
    error = failure(lambda: client_class("stranger", "wrong")._request("GET", "servers"))
    check("wrong credentials are told as 401", isinstance(error, error_class) and error.code == 401, error)


def lead_to_simulator(client_class):
    if not options.cacert:
        client_class.BASE_URL = options.base_url + "/{}"


# The whole client, from its source.


class Watched:
    """Passes everything on to a client and notes the methods by their names."""

    def __init__(self, client):
        self.client = client
        self.used = set()

    def __getattr__(self, name):
        self.used.add(name)
        return getattr(self.client, name)


def plain(value):
    """A model of the package as plain data."""
    return {name: plain(member) if hasattr(member, "__dict__") else member for name, member in vars(value).items()}


def judge_source():
    package = importlib.import_module("pyserverpilot")
    check(
        "the package is that of the folder", package.__file__.startswith(os.path.join(options.source, "")),
        package.__file__,
    )
    lead_to_simulator(package.Serverpilot)
    error_class = importlib.import_module("pyserverpilot.models.error").ServerpilotError
    modules = importlib.import_module("pyserverpilot.modules")
    names = [
        name for name, item in inspect.getmembers(modules, inspect.isclass) if issubclass(item, package.Serverpilot)
    ]
    clients = {
        name: Watched(package.Serverpilot.client(name.lower(), options.client_id, options.api_key)) for name in names
    }
    check("Serverpilot.client gives each module", sorted(clients) == ["Apps", "Dbs", "Servers", "Sysusers"], names)

    server = make("/servers", {"name": "pysp2"})  # The package has no call for it.
    del server["apikey"]
    judge_servers(clients["Servers"], server)
    user = judge_sysusers(clients["Sysusers"], error_class, server)
    app = judge_apps(clients["Apps"], server, user)
    judge_ssl(clients["Apps"], app)
    judge_dbs(clients["Dbs"], error_class, app)
    clients["Apps"].delete_app(app["id"])
    check("delete_app deletes it", get("/apps/" + app["id"]) is None)
    clients["Sysusers"].delete_sysuser(user["id"])
    check("delete_sysuser deletes it", get("/sysusers/" + user["id"]) is None)
    judge_errors(package.Serverpilot, error_class, clients["Servers"].client._request, server)
    clients["Servers"].delete_server(server["id"])
    check("delete_server deletes it", get("/servers/" + server["id"]) is None)
    for name, client in clients.items():
        methods = {
            method
            for method, _ in inspect.getmembers(type(client.client), inspect.isfunction)
            if not method.startswith("_")
        }
        check(
            f"all {len(methods)} methods of {name} were called", methods and methods <= client.used,
            methods - client.used,
        )


def judge_servers(servers, server):
    check("get_servers gives what the API has", [plain(item) for item in servers.get_servers()] == get("/servers"))
    check("get_server gives what the API has", plain(servers.get_server(server["id"])) == server)
    wanted = dict(server, plan="first_class", firewall=False, autoupdates=False, deny_unknown_domains=False)
    changed = servers.update_server(
        server["id"], plan="first_class", firewall=False, autoupdates=False, deny_unknown_domains=False
    )
    check("update_server changes all", plain(changed) == wanted == get("/servers/" + server["id"]), plain(changed))


def judge_sysusers(sysusers, error_class, server):
    error = failure(sysusers.get_sysusers)
    their_fault(
        "get-sysusers-fails", "get_sysusers takes the list that the API gives for one system user",
        isinstance(error, AttributeError) and isinstance(get("/sysusers"), list), error,
    )
    asked = {"serverid": server["id"], "name": "pysp2", "password": "right-horse-1"}
    error = failure(lambda: sysusers.add_sysuser(**asked))
    user = make("/sysusers", asked)
    their_fault(
        "add-sysuser-sends-nothing", "add_sysuser leaves out the body, and the API takes the same arguments",
        isinstance(error, error_class) and error.code == 400 and user["name"] == "pysp2", error,
    )
    check("get_sysuser gives what the API has", plain(sysusers.get_sysuser(user["id"])) == user)
    asked = {"password": "right-horse-2"}
    error = failure(lambda: sysusers.update_sysuser(user["id"], **asked))
    their_fault(
        "update-sysuser-sends-nothing", "update_sysuser leaves out the body, and the API takes the same argument",
        isinstance(error, error_class)
        and error.code == 400
        and call("POST", "/sysusers/" + user["id"], asked)[0] == 200,
        error,
    )
    return user


def judge_apps(apps, server, user):
    check("get_apps gives what the API has", [plain(item) for item in apps.get_apps()] == get("/apps"))
    runtimes = server["available_runtimes"]
    wordpress = {
        "site_title": "Pysp", "admin_user": "admin", "admin_password": "right-horse-3",
        "admin_email": "admin@pysp.example",
    }
    asked = {"sysuserid": user["id"], "runtime": runtimes[-1], "domains": ["pysp.example"], "wordpress": wordpress}
    app = plain(apps.create_app(name="pysp2", **asked))
    check(
        "create_app creates it",
        dict(app, autossl={"available": False}) == get("/apps/" + app["id"])
        and (app["name"], app["sysuserid"], app["runtime"], app["domains"])
        == ("pysp2", user["id"], runtimes[-1], ["pysp.example"]),
        app,
    )
    check("get_app gives what the API has", plain(apps.get_app(app["id"])) == get("/apps/" + app["id"]))
    changed = plain(apps.update_app(app["id"], runtime=runtimes[-2], domains=[]))
    check(
        "update_app changes both",
        (changed["runtime"], changed["domains"]) == (runtimes[-2], [])
        and dict(changed, autossl={"available": False}) == get("/apps/" + app["id"]),
        changed,
    )
    asked["wordpress"] = dict(wordpress, admin_password="8letters")
    error = failure(lambda: apps.create_app(name="pysp3", **asked))
    their_fault(
        "password-of-8-refused", "create_app refuses a password of 8 characters, which the API takes",
        type(error).__name__ == "ValidationError" and make("/apps", dict(asked, name="pysp3")), error,
    )
    return app


def judge_ssl(apps, app):
    path = "/apps/" + app["id"]
    private_key, cert = certificate("pysp.example")
    installed = apps.add_ssl(app["id"], key=private_key, cert=cert, cacerts=None)
    stored = get(path)["ssl"]
    check(
        "add_ssl installs the certificate",
        (installed.key, installed.cert) == (private_key, cert)
        and (stored["key"], stored["cert"], stored["auto"]) == (private_key, cert, False),
        stored,
    )
    their_fault(
        "add-ssl-says-auto", "add_ssl shows auto as true, its own default: the reply has no such member",
        installed.auto is True and "auto" not in vars(installed) and stored["auto"] is False, vars(installed),
    )
    for force in (True, False):
        check(
            f"set_force_ssl sends {force}",
            plain(apps.set_force_ssl(app["id"], force=force)) == get(path)["ssl"]
            and get(path)["ssl"]["force"] is force,
        )
    check("get_app gives the certificate", plain(apps.get_app(app["id"])) == get(path))
    apps.delete_ssl(app["id"])
    check("delete_ssl removes it", get(path)["ssl"] is None)
    ready = next(item for item in get("/apps") if get("/apps/" + item["id"])["autossl"]["available"])
    enabled = plain(apps.enable_auto_ssl(ready["id"]))
    check(
        "enable_auto_ssl enables it", enabled == get("/apps/" + ready["id"])["ssl"] and enabled["auto"] is True, enabled
    )
    apps.delete_ssl(ready["id"])
    check("delete_ssl disables AutoSSL", get("/apps/" + ready["id"])["ssl"] is None)


def judge_dbs(dbs, error_class, app):
    listed = dbs.get_dbs()
    check("get_dbs gives what the API has", listed and listed == get("/dbs"), listed)
    asked = {"appid": app["id"], "user": {"name": "pysp2", "password": "right-horse-4"}}
    database = plain(dbs.create_db(name="pysp2", **asked))
    check(
        "create_db creates it",
        database == get("/dbs/" + database["id"])
        and (database["name"], database["appid"], database["user"]["name"]) == ("pysp2", app["id"], "pysp2"),
        database,
    )
    check("get_db gives what the API has", plain(dbs.get_db(database["id"])) == database)
    changed = {"id": database["user"]["id"], "password": "right-horse-5"}
    named = {"name": "pysp2", "password": "right-horse-5"}
    error = failure(lambda: dbs.update_db(database["id"], user=changed))
    refusal = failure(lambda: dbs.update_db(database["id"], user=named))
    status = call("POST", "/dbs/" + database["id"], {"user": changed})[0]
    their_fault(
        "update-db-cannot-name-the-user", "update_db refuses the user's id and sends its name; the API wants the id",
        type(error).__name__ == "ValidationError"
        and isinstance(refusal, error_class)
        and refusal.code == 400
        and status == 200,
        (error, refusal, status),
    )
    dbs.delete_db(database["id"])
    check("delete_db deletes it", get("/dbs/" + database["id"]) is None)
    errors = [failure(lambda: dbs.create_db(name=name, **asked)) for name in ("odb", "d" * 64)]
    short = make("/dbs", dict(asked, name="odb"))
    call("DELETE", "/dbs/" + short["id"])
    make("/dbs", dict(asked, name="d" * 64))
    their_fault(
        "db-name-of-3-or-64-refused", "create_db refuses a name of 3 or of 64 characters, which the API takes",
        all(type(error).__name__ == "ValidationError" for error in errors), errors,
    )


def judge():
    before = {path: get(path) for path in ("/servers", "/sysusers", "/apps", "/dbs", "/sshkeys")}
    judge_source() if options.source else judge_released()
    after = {path: get(path) for path in before}
    check("the account is as before", after == before, (before, after))
    if options.cacert:
        check("the package was led here from its own address", asked_for.count((NAME, 443)) > 20, asked_for[:5])


try:
    judge()
except Exception as error:  # What is not as it should be may make any step impossible.
    check("the judge comes to its end", False, f"{type(error).__name__}: {error}")
    traceback.print_exc()
print(f"{counts['passed']} passed, {counts['failed']} failed")
raise SystemExit(1 if counts["failed"] else 0)
