"""Judges how the simulator takes what no client should send.

    malformed.py BASE_URL CLIENT_ID API_KEY [--cacert FILE] [--pid PID]

Sends malformed requests with curl, and those that curl cannot send over a socket of its own. Each must be refused with
a status of 4xx, JSON's content type and {"error": {"message": …}}; the account must be as before, and the server still
there. Prints a line for each check: `ok`, `FAILED`, or `finding` for a request that is refused below HTTP, without a
document: by a bare 400 or 431, or by the end of the connection. Ends with status 1 if a check failed; findings fail
nothing. With --pid it also sees whether that process keeps its memory when the heavy ones are repeated.
"""

import argparse
import base64
import copy
import gzip
import http.client
import json
import re
import select
import socket
import ssl
import subprocess
import tempfile
import time
import traceback
import urllib.parse

parser = argparse.ArgumentParser()
parser.add_argument("base_url")
parser.add_argument("client_id")
parser.add_argument("api_key")
parser.add_argument("--cacert")
parser.add_argument("--pid", type=int)
options = parser.parse_args()

address = urllib.parse.urlsplit(options.base_url)
tls = ssl.create_default_context(cafile=options.cacert) if address.scheme == "https" else None
credentials = f"{options.client_id}:{options.api_key}"
basic = base64.b64encode(credentials.encode()).decode()
HOST = f"Host: {address.netloc}"
AUTHORIZATION = "Authorization: Basic " + basic
MEBIBYTE = 1 << 20
NOBODY = "nobodyHasThisId1"
LISTS = ("servers", "sysusers", "apps", "dbs", "sshkeys")

counts = {"passed": 0, "failed": 0, "findings": 0}


def check(name, holds, detail=""):
    counts["passed" if holds else "failed"] += 1
    print(f"ok {name}" if holds else f"FAILED {name}: {str(detail)[:400]}", flush=True)


def finding(name, what):
    counts["findings"] += 1
    print(f"finding {name}: {what}", flush=True)


# Requests.


class Reply:
    """What came back: a status of 0 and why in `end` where there was no reply."""

    def __init__(self, status=0, fields=(), body=b"", end="open"):
        self.status, self.fields, self.body, self.end = status, fields, body, end

    def __repr__(self):
        return f"{self.status} {self.field('content-type')} {self.body[:200]!r} connection {self.end}"

    def field(self, name):
        return next((value for key, value in self.fields if key == name), None)

    @property
    def is_bare(self):
        """Refused below HTTP."""
        return self.status == 0 or self.status in (400, 431) and not self.body


def take_reply(data, without_body=False, is_whole=False):
    """The first final reply in the bytes, and the rest of them; None while it is not there in whole."""
    while True:
        head, separator, rest = data.partition(b"\r\n\r\n")
        words = head.split(b"\r\n")[0].split(b" ")
        if not separator or len(words) < 2 or not words[0].startswith(b"HTTP/"):
            return None, data
        if not words[1].startswith(b"1"):
            break
        data = rest
    fields = [line.split(b":", 1) for line in head.split(b"\r\n")[1:]]
    fields = [(key.decode().lower(), value.strip().decode()) for key, value in fields]
    reply = Reply(int(words[1]), fields)
    length = 0 if without_body else len(rest) if is_whole else int(reply.field("content-length") or 0)
    if len(rest) < length:
        return None, data
    reply.body = rest[:length]
    return reply, rest[length:]


def curl(path, *arguments, body=None, authorize=True, method=None):
    """A reply as curl gets it; `path` is all that follows host and port."""
    command = ["curl", "-q", "-sS", "-i", "-g", "--path-as-is", "--http1.1", "--noproxy", "*", "--max-time", "30"]
    command += ["--cacert", options.cacert] if options.cacert else []
    command += ["-u", credentials] if authorize else []
    command += ["-X", method] if method else []
    command += ["--data-binary", "@-"] if body is not None else []
    command += [*arguments, f"{address.scheme}://{address.netloc}{path}"]
    result = subprocess.run(command, input=body or b"", capture_output=True, check=False)
    reply, _ = take_reply(result.stdout, is_whole=True)
    reply = reply or Reply()
    if result.returncode:
        reply.end = result.stderr.decode(errors="replace").strip()
    return reply


def post(path, body, *arguments):
    return curl("/v1" + path, *arguments, body=body if isinstance(body, bytes) else json.dumps(body).encode())


def connect():
    connection = socket.create_connection((address.hostname, address.port), timeout=10)
    return tls.wrap_socket(connection, server_hostname=address.hostname) if tls else connection


def raw(data, wait=5.0, expected=1, without_body=False, connection=None):
    """The replies to bytes on a socket, with how the connection stands after them.

    Reads while it sends, since a server may refuse without reading to the end.
    """
    connection = connection or connect()
    connection.setblocking(False)
    replies, got, unsent, limit, end = [], b"", memoryview(data), time.monotonic() + wait, "open"
    while end == "open" and (left := limit - time.monotonic()) > 0:
        select.select([connection], [connection] if unsent else [], [], left)
        if unsent:
            unsent = unsent[send(connection, unsent[:65536]) :]
        try:
            while piece := connection.recv(65536):
                got += piece
            end = "closed"
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            pass
        except OSError as error:
            end = f"reset ({type(error).__name__})"
        reply, got = take_reply(got, without_body)
        while reply:
            replies.append(reply)
            if len(replies) == expected:
                limit = min(limit, time.monotonic() + 0.1)  # What else may come.
            reply, got = take_reply(got, without_body)
    connection.close()
    for reply in replies:
        reply.end = end
    return replies or [Reply(end=end if end != "open" else f"silent for {wait} s")]


def send(connection, data):
    """How many of the bytes are done with: all of them once nobody takes any more."""
    try:
        return connection.send(data)
    except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
        return 0
    except OSError:
        return len(data)  # The reply tells why, or the end of the connection.


def lines(*lines, body=b""):
    """A request of these lines."""
    return b"\r\n".join(line if isinstance(line, bytes) else line.encode() for line in lines) + b"\r\n\r\n" + body


def request(method="GET", path="/servers", *fields, body=b"", version="HTTP/1.1"):
    target = path if isinstance(path, bytes) else path.encode()
    first = f"{method} /v1".encode() + target + f" {version}".encode()
    length = [] if body is None or not body else [f"Content-Length: {len(body)}"]
    return lines(first, HOST, AUTHORIZATION, *length, *fields, body=body or b"")


# Judgement.


def account():
    """The lists of the account, each asked for well, on a new connection."""
    make = http.client.HTTPSConnection if tls else http.client.HTTPConnection
    connection = make(address.hostname, address.port, timeout=10, **({"context": tls} if tls else {}))
    lists = {}
    for name in LISTS:
        connection.request("GET", "/v1/" + name, headers=dict([AUTHORIZATION.split(": ", 1)]))
        lists[name] = json.load(connection.getresponse())["data"]
    connection.close()
    return lists


def fault_of(reply, statuses):
    """What a refusal is not that it should be; None for one that is right."""
    if reply.status not in statuses:
        return f"expected {' or '.join(map(str, statuses))}"
    if reply.end.startswith("curl:"):
        return "curl fails"
    if not (reply.field("content-type") or "").startswith("application/json"):
        return "not application/json"
    try:
        document = json.loads(reply.body.decode(), parse_constant=lambda word: {}[word])
    except (ValueError, KeyError) as error:
        return f"no JSON: {error}"
    message = document.get("error", {}).get("message") if isinstance(document, dict) else None
    if document != {"error": {"message": message}} or not message or not isinstance(message, str):
        return "not of the shape"
    return None if message.isprintable() or message.startswith("Invalid JSON request: ") else "control characters"


def stands(name):
    """Whether the server is there and the account as before; says so if not."""
    try:
        now = account()
    except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
        check(f"{name}: the server answers afterwards", False, f"{type(error).__name__}: {error}")
        return False
    if now != state["account"]:
        check(
            f"{name}: changes nothing", False,
            [item for key in LISTS for item in now[key] if item not in state["account"][key]] or "something is gone",
        )
        state["account"] = now
        return False
    return True


def refused(name, reply, *statuses, below_http=False, says=None):
    """A request that has to be refused, with one of the statuses."""
    reply = reply[0] if isinstance(reply, list) else reply
    if not stands(name):
        return
    fault = fault_of(reply, statuses or (400,))
    if fault is None and says and says not in json.loads(reply.body)["error"]["message"]:
        fault = f"the message does not say {says}"
    if fault and below_http and reply.is_bare:
        finding(name, f"a bare {reply.status}" if reply.status else f"no reply, connection {reply.end}")
    else:
        check(name, fault is None, f"{fault}, got {reply}")


def accepted(name, reply, *or_refused, closes=None):
    """A request that is unusual and right: done without a change, or else refused with one of the statuses."""
    reply = reply[0] if isinstance(reply, list) else reply
    if not stands(name):
        return
    if reply.status != 200 and or_refused:
        return refused(name, reply, *or_refused)
    is_right = (
        reply.status == 200 and b'"data":' in reply.body and (closes is None or (reply.end == "closed") == closes)
    )
    check(name, is_right, f"expected 200{'' if closes is None else ' and the end of the connection'}, got {reply}")


state = {}


# The kinds of malformed input.


def judge_json(server):
    """Bodies that are no JSON object."""
    good = b'{"name":"malformed","plan":"economy"}'
    for length in range(len(good)):
        refused(f"json cut to {length} bytes", post("/servers", good[:length]), 400, says="Invalid JSON request")
    bodies = {
        "white space": b" \r\n\t ", "array": b"[]", "array of objects": b"[" + good + b"]", "string": b'"name"',
        "null": b"null", "true": b"true", "number": b"12", "two objects": good + good, "NaN": b'{"name":NaN}',
        "NaN alone": b"NaN", "Infinity": b'{"name":-Infinity}', "trailing comma": b'{"name":"malformed",}',
        "trailing comma in array": b'{"name":"malformed","x":[1,]}', "leading comma": b'{,"name":"malformed"}',
        "two commas": b'{"name":"malformed",,"plan":"economy"}', "no colon": b'{"name" "malformed"}',
        "single quotes": b"{'name':'malformed'}", "bare name": b'{name:"malformed"}', "number as name": b'{1:"a"}',
        "comment": good + b"// comment", "comment before": b"/* */" + good, "BOM": b"\xef\xbb\xbf" + good,
        "UTF-16": good.decode().encode("utf-16"), "UTF-32": good.decode().encode("utf-32"), "NUL behind": good + b"\0",
        "NUL in string": b'{"name":"malf\0rmed"}', "control character in string": b'{"name":"malf\nrmed"}',
        "invalid UTF-8": b'{"name":"malformed","x":"\xff"}', "invalid UTF-8 in name": b'{"name":"malformed","\xc3":1}',
        "overlong UTF-8": b'{"name":"\xc0\xaf"}', "surrogate in UTF-8": b'{"name":"\xed\xa0\x80"}',
        "beyond Unicode": b'{"name":"\xf4\x90\x80\x80"}', "lone high surrogate": rb'{"name":"\ud800"}',
        "lone low surrogate": rb'{"name":"\udc00x"}', "surrogates reversed": rb'{"name":"\udc00\ud800"}',
        "lone surrogate in name": rb'{"\ud800":1,"name":"malformed"}', "unknown escape": rb'{"name":"\x41"}',
        "short escape": rb'{"name":"\u12"}', "sign in escape": rb'{"name":"\u+123"}',
        "leading zero": b'{"name":"malformed","x":01}', "plus": b'{"x":+1}', "point alone": b'{"x":.5}',
        "1.": b'{"x":1.}', "hexadecimal": b'{"x":0x1}', "1e400": b'{"name":"malformed","firewall":1e400}',
        "capital": b'{"x":True}', "form": b"name=malformed&plan=economy", "XML": b"<name>malformed</name>",
        "vertical tab": b"\x0b" + good,
    }
    for name, body in bodies.items():
        refused("json " + name, post("/servers", body), 400)
    refused("json no body", curl("/v1/servers", method="POST"), 400)
    for name, value in {
        "integer of 1000 digits": "9" * 1000, "2^63": str(1 << 63), "-2^63-1": str(-(1 << 63) - 1), "1e308": "1e308",
        "-0": "-0", "300000 digits": "7" * 300_000, "1e-999": "1e-999", "exponent of 1000 digits": "1e" + "9" * 1000,
    }.items():
        refused(f"json number {name}", post("/servers", f'{{"name":{value}}}'.encode()), 400)
        refused(
            f"json number {name} as member", post("/servers/" + server["id"], f'{{"firewall":{value}}}'.encode()), 400
        )
    same = json.dumps(server["plan"]).encode()
    refused(
        "json member twice, last bad", post("/servers/" + server["id"], b'{"plan":' + same + b',"plan":"gold"}'), 400
    )
    accepted(
        "json member twice, last good", post("/servers/" + server["id"], b'{"plan":"gold","plan":' + same + b"}"), 400
    )
    for name, body in DEEP.items():
        refused(f"json nested 100000 deep, {name}", post("/servers", body), 400)


DEEP = {
    "arrays": b"[" * 100_000, "arrays closed": b"[" * 100_000 + b"]" * 100_000, "objects": b'{"a":' * 100_000,
    "objects closed": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "in a member": b'{"name":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "mixed": b'[{"a":' * 50_000,
}

STRINGS = [None, True, False, 0, 7, -1.5, [], ["text"], {}, {"text": "text"}]
WRONG = {
    "string": STRINGS, "id": STRINGS, "boolean": [None, 0, 1, "", "true", "false", "True", "on", [], [True], {}],
    "strings": [
        None, True, 7, "a.example", "", {}, {"0": "a.example"}, [None], [7], [True], [[]], [["a.example"]], [{}],
        ["a.example", 7],
    ],
    "object": [None, True, 7, "text", "", [], [[]], [{}]],
}
LONG = "x" * 300
RULES = {  # Of what has the right type: what is documented, or was seen.
    "server name": ["", "1abc", "Abc", "a_b", "abc-", "abc.", "a b", "aé", "a\0b", LONG],
    "key name": ["", "a<b", "a>b", 'a"b', "a\nb", "a\0b", "x" * 51],
    "public key": ["", "ssh-dss AAAA", "AAAA", "-----BEGIN PUBLIC KEY-----"],
    "user name": ["", "ab", "1abc", "Abc", "a_b", "a b", "aéb", "../etc", "x" * 33],
    "app name": ["", "ab", "a.b", "Abc", "a b", "aéb", "x" * 31],
    "db name": ["", "ab", "a.b", "Abc", "a_b", "a b", "x" * 65],
    "db user": ["", "x" * 17],
    "password": ["", "7letter", " outerspace", "outerspace ", "x" * 201],
    "long password": ["", "7letter", "x" * 201],
    "plan": ["", "gold", "Economy", "economy "],
    "runtime": ["", "php", "php99.9", "PHP8.3", "php8.3\0"],
    "many": [[f"a{number}.example" for number in range(301)]],
    "id": ["", " ", "../servers", "a/b", "x" * 5000, "é", "a\0b"],
}


def operations(server, user, app, database, key):
    """Every operation with a body: its path, a body that it would take, and each field with type and rule.

    A rule of None: the values have no known limits.
    """
    runtime = server["available_runtimes"][-1]
    pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
    word = "right-horse-1"
    return {
        "create_server": (
            "/servers", {"name": "malformed", "plan": "economy", "enable_ssh_password_auth": True},
            {
                "name!": ("string", "server name"), "plan": ("string", "plan"),
                "enable_ssh_password_auth": ("boolean", None),
            },
        ),
        "update_server": (
            "/servers/" + server["id"],
            {
                "plan": "first_class", "firewall": not server["firewall"], "autoupdates": not server["autoupdates"],
                "deny_unknown_domains": not server["deny_unknown_domains"],
            },
            {
                "plan": ("string", "plan"), "firewall": ("boolean", None), "autoupdates": ("boolean", None),
                "deny_unknown_domains": ("boolean", None),
            },
        ),
        "create_sshkey": (
            "/sshkeys", {"name": "malformed", "public_key": public_key(9)},
            {"name!": ("string", "key name"), "public_key!": ("string", "public key")},
        ),
        "rename_sshkey": ("/sshkeys/" + key["id"], {"name": "malformed"}, {"name!": ("string", "key name")}),
        "create_sysuser": (
            "/sysusers", {"serverid": server["id"], "name": "malformed", "password": word, "sshkey_id": key["id"]},
            {
                "serverid!": ("id", "id"), "name!": ("string", "user name"), "password": ("string", "password"),
                "sshkey_id": ("id", "id"),
            },
        ),
        "update_sysuser": ("/sysusers/" + user["id"], {"password": word}, {"password!": ("string", "password")}),
        "add_sysuser_sshkey": (
            f"/sysusers/{user['id']}/sshkeys", {"sshkey_id": key["id"]}, {"sshkey_id!": ("id", "id")},
        ),
        "create_app": (
            "/apps",
            {
                "name": "malformed", "sysuserid": user["id"], "runtime": runtime, "domains": ["a.example"],
                "wordpress": {
                    "site_title": "A", "admin_user": "admin", "admin_password": word, "admin_email": "a@a.example",
                },
            },
            {
                "name!": ("string", "app name"), "sysuserid!": ("id", "id"), "runtime!": ("string", "runtime"),
                "domains": ("strings", "many"), "wordpress": ("object", None),
                "wordpress.site_title!": ("string", None), "wordpress.admin_user!": ("string", None),
                "wordpress.admin_password!": ("string", "long password"), "wordpress.admin_email!": ("string", None),
            },
        ),
        "update_app": (
            "/apps/" + app["id"], {"runtime": "php5.6", "domains": ["malformed.example"]},
            {"runtime": ("string", "runtime"), "domains": ("strings", "many")},
        ),
        "add_ssl": (
            f"/apps/{app['id']}/ssl", {"key": pem.replace("CERTIFICATE", "PRIVATE KEY"), "cert": pem, "cacerts": pem},
            {"key!": ("string", None), "cert!": ("string", None), "cacerts": ("string", None)},
        ),
        "enable_autossl": (f"/apps/{app['id']}/ssl", {"auto": True}, {"auto!": ("boolean", None)}),
        "force_ssl": (f"/apps/{app['id']}/ssl", {"force": True}, {"force!": ("boolean", None)}),
        "create_db": (
            "/dbs", {"appid": app["id"], "name": "malformed", "user": {"name": "malformed", "password": word}},
            {
                "appid!": ("id", "id"), "name!": ("string", "db name"), "user!": ("object", None),
                "user.name!": ("string", "db user"), "user.password!": ("string", "password"),
            },
        ),
        "update_db": (
            "/dbs/" + database["id"], {"user": {"id": database["user"]["id"], "password": word}},
            {"user!": ("object", None), "user.id!": ("id", "id"), "user.password!": ("string", "password")},
        ),
    }


def public_key(filling):
    parts = [b"ssh-ed25519", bytes([filling]) * 32]
    return "ssh-ed25519 " + base64.b64encode(b"".join(len(part).to_bytes(4, "big") + part for part in parts)).decode()


def changed(body, field, *value):
    """The body with another value in a field, or without the field."""
    body = copy.deepcopy(body)
    place = body
    *outer, name = field.split(".")
    for part in outer:
        place = place[part]
    if value:
        place[name] = value[0]
    else:
        del place[name]
    return body


def judge_fields(*things):
    """Every field of every operation: another type, a broken rule, left out, and one too many."""
    for operation, (path, body, fields) in operations(*things).items():
        for field, (kind, rule) in fields.items():
            name, last = field.rstrip("!"), field.rstrip("!").split(".")[-1]
            for value in WRONG[kind]:
                if name == "cacerts" and value is None:
                    continue  # It is the one field that may be null.
                refused(
                    f"{operation} {name} {json.dumps(value)}", post(path, changed(body, name, value)), 400, says=last
                )
            for value in RULES.get(rule, []):
                statuses = (400, 404) if rule == "id" else (400,)
                refused(
                    f"{operation} {name} {json.dumps(value)[:60]}", post(path, changed(body, name, value)), *statuses
                )
            if rule == "id":
                refused(f"{operation} {name} of nobody", post(path, changed(body, name, NOBODY)), 404, 400)
            if field.endswith("!"):
                refused(f"{operation} without {name}", post(path, changed(body, name)), 400)
            if kind == "object":
                refused(
                    f"{operation} {name} with one too many", post(path, changed(body, name + ".surprise", 1)), 400,
                    says="surprise",
                )
        refused(f"{operation} with one too many", post(path, dict(body, surprise=1)), 400, says="surprise")
        refused(f"{operation} with an id", post(path, dict(body, id=NOBODY)), 400)
        refused(f"{operation} in an array", post(path, [body]), 400)
        refused(f"{operation} with nothing", post(path, {}), 400)
        if path.count("/") > 1:
            other = path.replace(path.split("/")[2], NOBODY)
            refused(f"{operation} of nobody", post(other, body), 404)
    app = things[2]
    for names in (
        ("auto", "force"), ("auto", "key", "cert"), ("force", "key", "cert"), ("key",), ("cert",), ("cacerts",),
    ):
        body = {
            name: True if name in ("auto", "force") else "-----BEGIN CERTIFICATE----- PRIVATE KEY-----"
            for name in names
        }
        refused(f"ssl with {' and '.join(names)}", post(f"/apps/{app['id']}/ssl", body), 400)


def judge_bodies(server, folder):
    """Bodies that are too large, packed, or of another content type."""
    for name, arguments in heavy_bodies(folder).items():
        refused("body " + name, curl("/v1/servers", *arguments, method="POST"), 413)
    same = b'{"plan":' + json.dumps(server["plan"]).encode() + b"}"
    path = "/servers/" + server["id"]
    accepted("body of a mebibyte", post(path, same.ljust(MEBIBYTE)))
    refused("body of a mebibyte and a byte", post(path, same.ljust(MEBIBYTE + 1)), 413)
    refused(
        "body of a mebibyte and a byte, chunked",
        post(path, same.ljust(MEBIBYTE + 1), "-H", "Transfer-Encoding: chunked"), 413,
    )
    padded = b'{"name":"malformed"}'.ljust(MEBIBYTE + 8)
    pieces = b"".join(b"8\r\n" + padded[start : start + 8] + b"\r\n" for start in range(0, len(padded), 8))
    refused(
        "body in chunks of 8 bytes", raw(request("POST", "/servers", "Transfer-Encoding: chunked") + pieces, wait=20),
        413,
    )
    packed = gzip.compress(b'{"name":"malformed"}')
    refused(
        "body of 100 MB without credentials",
        curl("/v1/servers", *heavy_bodies(folder)["of 100 MB"], method="POST", authorize=False), 401, 413,
    )
    refused("body packed by gzip", post("/servers", packed, "-H", "Content-Encoding: gzip"), 400, 415)
    refused("body packed by gzip, not said", post("/servers", packed), 400)
    refused("body packed, 100 MB", post("/servers", BOMB, "-H", "Content-Encoding: gzip"), 400, 413, 415)
    refused("body packed by what nobody knows", post("/servers", packed, "-H", "Content-Encoding: snappy"), 400, 415)
    accepted("body called packed that is not", post(path, same, "-H", "Content-Encoding: gzip"), 400, 415)
    for kind in (
        "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/json; charset=x",
        "/", "é",
    ):
        accepted(f"content type '{kind}'", post(path, same, "-H", "Content-Type: " + kind))
    refused("body that is a form", curl("/v1/servers", "-d", "name=malformed"), 400)
    refused("body that is multipart", curl("/v1/servers", "-F", "name=malformed"), 400)
    accepted("expect 100-continue", post(path, same, "-H", "Expect: 100-continue"))
    accepted("expect something else", post(path, same, "-H", "Expect: nonsense"), 417, 400)
    refused(
        "expect 100-continue for 100 MB",
        raw(request("POST", "/servers", f"Content-Length: {100 * MEBIBYTE}", "Expect: 100-continue")), 413,
    )
    refused("get with a body of another path's id", curl("/v1/servers/" + NOBODY, body=same, method="GET"), 404)
    accepted("get with a body", curl("/v1/servers", body=b"[" * 1000, method="GET"), 400)


BOMB = gzip.compress(b'{"name":"malformed"}'.ljust(100 * MEBIBYTE), 1)


def heavy_bodies(folder):
    upload = ["-H", "Expect:", "-T", folder + "/large"]
    return {"of 100 MB": upload, "of 100 MB, chunked": [*upload, "-H", "Transfer-Encoding: chunked"]}


def heavy_heads():
    many = [f"X-{number}: y" for number in range(100_000)]
    return {
        "100000 fields": request("GET", "/servers", *many),
        "100000 equal fields": request("GET", "/servers", *["X: y"] * 100_000),
        "a field of 1 MB": request("GET", "/servers", "X: " + "y" * MEBIBYTE),
        "a field's name of 1 MB": request("GET", "/servers", "X" * MEBIBYTE + ": y"),
        "a path of 1 MB": request("GET", "/servers/" + "x" * MEBIBYTE),
        "a query of 1 MB": request("GET", "/servers?" + "x" * MEBIBYTE), "a method of 1 MB": request("G" * MEBIBYTE),
        "credentials of 1 MB": lines(
            "GET /v1/servers HTTP/1.1", HOST, "Authorization: Basic " + "QUFB" * (MEBIBYTE // 4)
        ),
        "a trailer of 1 MB": request("POST", "/servers", "Transfer-Encoding: chunked")
        + b"2\r\n[]\r\n0\r\nX: "
        + b"y" * MEBIBYTE
        + b"\r\n\r\n",
        "a chunk extension of 1 MB": request("POST", "/servers", "Transfer-Encoding: chunked")
        + b"2;"
        + b"y" * MEBIBYTE
        + b"\r\n[]\r\n0\r\n\r\n",
    }


def judge_heads():
    for name, data in heavy_heads().items():
        refused("head with " + name, raw(data, wait=20), 400, 401, 404, 405, 413, 414, 431, below_http=True)
    field_cases = {
        "space before the colon": "X : y", "no colon": "X", "empty name": ": y", "space in the name": "X Y: z",
        "bracket in the name": "X(: y", "NUL in the name": b"X\0: y", "NUL in the value": b"X: \0",
        "escape in the value": b"X: \x1b[31m", "carriage return in the value": b"X: a\rb",
        "non-ASCII name": b"X\xc3\xa9: y",
    }
    for name, field in field_cases.items():
        refused("field with " + name, raw(request("GET", "/servers", field)), 400, below_http=True)
    refused_or_bare("field folded", raw(request("GET", "/servers", "X: a\r\n b")))
    refused_or_bare("field with non-ASCII value", raw(request("GET", "/servers", b"X: \xff\xfe")))
    refused_or_bare("lines ended by line feeds", raw(request().replace(b"\r\n", b"\n")))
    accepted("empty line before", raw(b"\r\n" + request()), 400)
    refused("no Host", raw(lines("GET /v1/servers HTTP/1.1", AUTHORIZATION)), 400)
    refused("two Hosts", raw(request("GET", "/servers", "Host: other.example")), 400)
    accepted("Host of another", raw(lines("GET /v1/servers HTTP/1.1", "Host: other.example", AUTHORIZATION)), 400, 421)
    accepted(
        "upgrade to a web socket",
        raw(
            request(
                "GET", "/servers", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            )
        ),
        400,
    )
    accepted(
        "upgrade to HTTP/2",
        raw(
            request(
                "GET", "/servers", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABkAAQAAP__",
            )
        ),
        400,
    )


def refused_or_bare(name, replies):
    """A request that HTTP lets a server take or refuse."""
    if replies[0].status == 200:
        accepted(name, replies)
    else:
        refused(name, replies, 400, below_http=True)


def judge_credentials():
    """Authorization fields; what the request is otherwise must not show."""
    wrong = base64.b64encode(f"{options.client_id}:wrong".encode()).decode()
    values = {
        "empty": [""], "scheme alone": ["Basic"], "scheme and space": ["Basic "], "no scheme": [basic],
        "Bearer": ["Bearer " + basic], "Digest": ['Digest username="a"'], "not base64": ["Basic %%%%"],
        "no colon": ["Basic " + base64.b64encode(options.client_id.encode()).decode()], "colon alone": ["Basic Og=="],
        "empty key": ["Basic " + base64.b64encode(f"{options.client_id}:".encode()).decode()],
        "wrong key": ["Basic " + wrong],
        "one more colon": ["Basic " + base64.b64encode(f"{credentials}:".encode()).decode()],
        "NUL behind": ["Basic " + base64.b64encode(f"{credentials}\0".encode()).decode()],
        "line feed behind": ["Basic " + base64.b64encode(f"{credentials}\n".encode()).decode()],
        "not UTF-8": ["Basic " + base64.b64encode(b"\xff\xfe:\xff").decode()], "cut": ["Basic " + basic[:-5]],
        "plain": ["Basic " + credentials], "something behind": ["Basic " + basic + " x"],
        "list": ["Basic " + basic + ", x"], "two, right then wrong": ["Basic " + basic, "Basic " + wrong],
        "two, wrong then right": ["Basic " + wrong, "Basic " + basic], "in quotes": [f'Basic "{basic}"'],
        "long": ["Basic " + "QUFB" * 2000],
    }
    for name, fields in values.items():
        arguments = [
            part for value in fields for part in ("-H", f"Authorization: {value}" if value else "Authorization;")
        ]
        for path, body in (
            ("/servers", None), ("/nothing", None), ("/servers", b"{"), ("/servers", b'{"name":"malformed"}'),
        ):
            reply = curl("/v1" + path, *arguments, body=body, authorize=False)
            refused(f"credentials {name}, {'POST' if body else 'GET'} {path} {(body or b'').decode()}", reply, 400, 401)
    refused("credentials missing", curl("/v1/servers", authorize=False), 401)
    refused("credentials missing, unknown path", curl("/v1/nothing", authorize=False), 401)
    reply = curl("/v1/servers", authorize=False)
    check("a 401 says how to authenticate", (reply.field("www-authenticate") or "").startswith("Basic"), reply.fields)
    accepted("credentials in lower case", curl("/v1/servers", "-H", "Authorization: basic " + basic, authorize=False))


def judge_paths(server):
    identifier = server["id"]
    for path in (
        "/v1", "/v1/", "/V1/servers", "/v2/servers", "/servers", "//v1/servers", "/v1//servers", "/v1/servers/",
        f"/v1/servers/{identifier}/", f"/v1/servers//{identifier}", "/v1/Servers", "/v1/server", "/v1/servers/..",
        "/v1/../v1/servers", "/v1/servers/../apps", "/v1/./servers", "/v1/servers/.", "/v1/apps/%2e%2e/servers",
        "/v1/servers/%2e%2e", "/v1/servers/%2E%2E/apps", "/v1/servers%2F" + identifier, "/v1%2Fservers",
        "/v1/servers%00", f"/v1/servers/{identifier}%00", f"/v1/servers/{identifier}%2F",
        f"/v1/servers/{identifier}%2F..%2F{identifier}", f"/v1/servers/{identifier}%20", "/v1/servers/%",
        "/v1/servers/%zz", "/v1/servers/%ff", "/v1/servers/%c0%ae%c0%ae", "/v1/servers;x",
        "/v1/servers;x=1/" + identifier, f"/v1/servers/{identifier};x=1", "/v1/servers,", "/v1/servers&x=1",
        "/v1/servers/é", "/v1/servers/\u202e", "/v1/servers/null", "/v1/servers/undefined", "/v1/servers/-1",
        "/v1/servers/*", "/v1/servers/:id", "/v1/servers/{id}", "/v1/servers/'or'1'='1", "/v1/servers/__proto__",
        "/v1/servers/" + NOBODY, "/v1/servers/" + identifier.swapcase(), "/v1/servers/" + identifier[:-1],
        "/v1/servers/" + "x" * 20_000, "/v1" + "/x" * 10_000, "/v1/actions", "/v1/actions/" + NOBODY,
        f"/v1/apps/{NOBODY}/ssl", "/v1/sysusers/ssl", f"/v1/sysusers/{NOBODY}/sshkeys",
        f"/v1/sysusers/{NOBODY}/sshkeys/{NOBODY}", "/v1/etc/passwd", "/_simulator/faults", "/_simulator",
        "/v1/_simulator/faults", "/favicon.ico", "/v1/servers/..%5c..%5c", "/v1/servers\\..\\apps",
    ):
        statuses = (404, 405) if path.endswith(("ssl", f"sshkeys/{NOBODY}")) else (404,)
        refused(f"path {path[:60]}", curl(path), *statuses)
    for path, method in (
        (f"/v1/servers/..%2f{identifier}", "DELETE"), (f"/v1/servers/{identifier}%00", "DELETE"),
        (f"/v1/servers/{identifier}/.", "DELETE"), (f"/v1/x/../servers/{identifier}", "DELETE"),
        (f"/v1/servers/{identifier};", "DELETE"), (f"/v1/servers/{identifier}/", "DELETE"),
    ):
        refused(f"{method} {path}", curl(path, method=method), 404)
    accepted("query", curl("/v1/servers?name=www1&x=%zz"), 404)
    accepted("query, empty", curl("/v1/servers?"), 404)
    accepted("letters written as %76", curl("/v1/ser%76ers"), 404)
    accepted("absolute form", curl("", "--request-target", options.base_url + "/servers"), 400, 404)
    refused("absolute form of nothing", curl("", "--request-target", options.base_url + "/nothing"), 404)
    accepted(
        "absolute form of another host", curl("", "--request-target", "http://other.example/v1/servers"), 400, 404, 421
    )
    for target in ("*", "v1/servers", "?", "#", "servers"):
        refused(f"request target {target}", curl("", "--request-target", target), 400, 404, below_http=True)
    raw_targets = {
        "NUL": b"/servers/\0", "non-ASCII": b"/servers/\xc3\xa9", "not UTF-8": b"/servers/\xff", "tab": b"/servers/\tx",
        "escape": b"/servers/\x1b[31m", "space": b"/servers/a b", "carriage return": b"/servers/\rx",
    }
    for name, target in raw_targets.items():
        refused(f"path with {name}", raw(request("GET", target)), 400, 404, below_http=True)
    refused("path with a fragment", raw(request("GET", "/servers#x")), 400, 404, below_http=True)


def judge_page():
    """The page for people, where there is one: it is no part of the API, and not for pages of other hosts.

    A name that somebody else owns can be made to lead to this machine (DNS rebinding).
    """
    reads = {path: curl(path, authorize=False) for path in ("/", "/_simulator/state")}
    if all(reply.status == 404 or reply.status == 401 for reply in reads.values()):
        return
    check("the page shows no API key", not any(options.api_key.encode() in reply.body for reply in reads.values()))
    for path in reads:
        for host in (
            "other.example", "localhost.other.example", "127.0.0.1.other.example", "127.other.example",
            "[::1].other.example", "127.0.0.1@other.example", "other.example:127", "", "xn--localhost",
        ):
            reply = curl(path, "-H", f"Host: {host}" if host else "Host;", authorize=False)
            check(f"page {path} hidden from a page of host '{host}'", 400 <= reply.status < 500, reply)
        reply = raw(lines(f"GET {path} HTTP/1.1", HOST, "Host: other.example"))[0]
        check(f"page {path} hidden where there are two hosts", 400 <= reply.status < 500, reply)
        for method in ("POST", "PUT", "DELETE", "OPTIONS"):
            reply = curl(path, method=method)
            if stands(f"{method} {path}"):
                check(f"page {path} refuses {method}", reply.status in (404, 405), reply)


def judge_methods(server):
    for method in ("PUT", "PATCH", "TRACE", "OPTIONS", "HEAD", "PROPFIND", "MKCOL", "LINK", "SEARCH", "QUERY", "PURGE"):
        for path in ("/servers", "/servers/" + server["id"]):
            if method == "HEAD":
                judge_head(path)
            else:
                refused(f"method {method} {path[:9]}", curl("/v1" + path, method=method), 405, 404, below_http=True)
    for method in ("BREW", "get", "Get", "post", "DELETEX", "GE", "G-T", "X" * 5000):
        refused(f"method {method[:10]}", raw(request(method)), 400, 404, 405, below_http=True)
    for method in ("", "G<T", "G\0T", "GÉT", "GET:", "\t"):
        refused(f"method {method!r}", raw(request(method)), 400, 405, below_http=True)
    refused("method DELETE on a list", curl("/v1/servers", method="DELETE"), 405, 404)
    refused("method POST on an action", curl("/v1/actions/" + NOBODY, body=b"{}"), 405, 404)
    refused("method GET on ssl", curl(f"/v1/apps/{NOBODY}/ssl"), 405, 404)
    for target in (address.netloc, "/v1/servers", "api.serverpilot.io:443"):
        refused(
            f"CONNECT {target.split(':')[0]}", raw(lines(f"CONNECT {target} HTTP/1.1", HOST, AUTHORIZATION)), 400, 404,
            405, below_http=True,
        )
    refused("OPTIONS *", raw(lines("OPTIONS * HTTP/1.1", HOST, AUTHORIZATION)), 404, 405, 400)


def judge_head(path):
    """HEAD is refused like others, but without a body; the connection goes on."""
    replies = raw(request("HEAD", path) + request("HEAD", path), expected=2, without_body=True)
    name = f"method HEAD {path[:9]}"
    is_right = len(replies) == 2 and all(
        reply.status in (404, 405) and (reply.field("content-type") or "").startswith("application/json")
        for reply in replies
    )
    if stands(name):
        check(name, is_right, replies)


def judge_versions():
    accepted("HTTP/1.0", raw(request(version="HTTP/1.0"), wait=2), closes=True)
    accepted("HTTP/1.0 without Host", raw(lines("GET /v1/servers HTTP/1.0", AUTHORIZATION), wait=2), closes=True)
    refused(
        "HTTP/1.0 chunked",
        raw(request("POST", "/servers", "Transfer-Encoding: chunked", version="HTTP/1.0") + b"2\r\n[]\r\n0\r\n\r\n"),
        400, below_http=True,
    )
    for name, data in {
        "HTTP/0.9": b"GET /v1/servers\r\n", "HTTP/0.9 and an empty line": b"GET /v1/servers\r\n\r\n",
        "HTTP/0.9 with fields": lines("GET /v1/servers", HOST, AUTHORIZATION),
    }.items():
        refused(name, raw(data, wait=1), 400, 401, 404, below_http=True)
    for version in (
        "HTTP/2.0", "HTTP/1.2", "HTTP/9.9", "HTTP/1", "HTTP/1.", "HTTP/.1", "HTTP/1.10", "HTTP/-1.1", "http/1.1",
        "HTTP 1.1", "HTTP/1.1x", "HTTP/x.y", "FTP/1.1", "HTTPS/1.1", "ICE/1.0", "HTTP/1.1 HTTP/1.1",
    ):
        refused(f"version {version}", raw(request(version=version)), 400, below_http=True)
    noise = {
        "empty lines": b"\r\n" * 10, "NULs": b"\0" * 64, "noise": bytes(range(256)) * 4,
        "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "a reply": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "SSH": b"SSH-2.0-OpenSSH_9.2\r\n", "a word": b"HELO there\r\n\r\n",
    }
    for name, data in noise.items():
        refused(f"instead of a request {name}", raw(data, wait=1), 400, below_http=True)
    if tls:
        plain = socket.create_connection((address.hostname, address.port), timeout=10)
        refused("plain HTTP where TLS is spoken", raw(request(), wait=2, connection=plain), 400, below_http=True)
    else:
        hello = ssl.MemoryBIO()
        session = ssl.create_default_context().wrap_bio(ssl.MemoryBIO(), hello, server_hostname="localhost")
        try:
            session.do_handshake()
        except ssl.SSLWantReadError:
            pass
        refused("TLS where plain HTTP is spoken", raw(hello.read(), wait=2), 400, below_http=True)


def judge_lengths(server):
    """Where a body ends must never be open to opinion; what follows it must not be done."""
    inner = request("DELETE", "/servers/" + server["id"])
    body = b'{"name":"malformed"}'
    lengths = {
        "two that differ": ["20", "21"], "two in one": ["20, 21"], "negative": ["-1"], "plus": ["+20"],
        "hexadecimal": ["0x14"], "fraction": ["20.0"], "empty": [""], "word": ["ten"], "space": ["2 0"],
        "2^64": [str(1 << 64)], "2^64+20": [str((1 << 64) + 20)], "1000 digits": ["9" * 1000], "semicolon": ["20;"],
        "non-ASCII digits": ["٢٠"],
    }
    for name, values in lengths.items():
        fields = [f"Content-Length: {value}" for value in values]
        data = lines("POST /v1/servers HTTP/1.1", HOST, AUTHORIZATION, *fields, body=body + inner)
        refused(f"content length {name}", raw(data), 400, 413, below_http=True)
    large = lines("POST /v1/servers HTTP/1.1", HOST, AUTHORIZATION, f"Content-Length: {(1 << 63) - 1}")
    refused("content length 2^63-1", raw(large, wait=3), 413, 400, below_http=True)
    encodings = {
        "with a content length": ["Transfer-Encoding: chunked", "Content-Length: 5"],
        "after a content length": ["Content-Length: 5", "Transfer-Encoding: chunked"],
        "unknown": ["Transfer-Encoding: xchunked"], "identity": ["Transfer-Encoding: identity"],
        "gzip alone": ["Transfer-Encoding: gzip"], "chunked not last": ["Transfer-Encoding: chunked, identity"],
        "chunked twice": ["Transfer-Encoding: chunked, chunked"], "two fields": ["Transfer-Encoding: chunked"] * 2,
        "vertical tab": [b"Transfer-Encoding: \x0bchunked"], "quotes": ['Transfer-Encoding: "chunked"'],
        "space before the colon": ["Transfer-Encoding : chunked"], "empty": ["Transfer-Encoding:"],
        "folded": ["Transfer-Encoding:\r\n chunked"], "gzip and chunked": ["Transfer-Encoding: gzip, chunked"],
        "two that differ": ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"],
        "NUL": [b"Transfer-Encoding: chunked\0"], "other name": ["Transfer_Encoding: chunked", "Content-Length: 5"],
    }
    for name, fields in encodings.items():
        # What could be read in a lawful way must be no JSON object; the others would make a server.
        content = b"" if name in ("folded", "gzip and chunked") else b"14\r\n" + body + b"\r\n"
        data = lines("POST /v1/servers HTTP/1.1", HOST, AUTHORIZATION, *fields, body=content + b"0\r\n\r\n")
        refused(f"transfer encoding {name}", raw(data, wait=2), 400, below_http=True)
        smuggled = lines("POST /v1/servers HTTP/1.1", HOST, AUTHORIZATION, *fields, body=b"0\r\n\r\n" + inner)
        if "length" in name:
            replies = raw(smuggled, wait=2, expected=2)
            refused(f"transfer encoding {name}, and a request behind", replies, 400, below_http=True)
            check(f"transfer encoding {name}: nothing is answered behind it", len(replies) == 1, replies)
    chunks = {
        "size is a word": b"zz\r\n[]\r\n0\r\n\r\n", "negative size": b"-2\r\n[]\r\n0\r\n\r\n",
        "0x": b"0x2\r\n[]\r\n0\r\n\r\n", "size of 2^64+2": b"10000000000000002\r\n[]\r\n0\r\n\r\n",
        "size of 2^63": b"8000000000000000\r\n[]", "no size": b"\r\n[]\r\n0\r\n\r\n",
        "size too small": b"1\r\n[]\r\n0\r\n\r\n", "size too large": b"5\r\n[]\r\n0\r\n\r\n0\r\n\r\n",
        "space in the size": b"2 2\r\n[]\r\n0\r\n\r\n", "semicolon alone": b";\r\n[]\r\n0\r\n\r\n",
        "no end of line": b"2[]0\r\n\r\n", "plus": b"+2\r\n[]\r\n0\r\n\r\n", "underscore": b"0_2\r\n[]\r\n0\r\n\r\n",
    }
    for name, data in chunks.items():
        refused(
            f"chunks: {name}", raw(request("POST", "/servers", "Transfer-Encoding: chunked") + data, wait=1), 400, 413,
            below_http=True,
        )
    refused_or_bare(
        "content length twice the same",
        raw(
            lines("GET /v1/servers HTTP/1.1", HOST, AUTHORIZATION, "Content-Length: 2", "Content-Length: 2", body=b"{}")
        ),
    )
    trailer = (
        request("POST", "/servers", "Transfer-Encoding: chunked") + b"2\r\n[]\r\n0\r\nAuthorization: Basic x\r\n\r\n"
    )
    refused("chunks: a trailer with credentials", raw(trailer), 400)
    unauthorized = lines(
        "POST /v1/servers HTTP/1.1", HOST, "Transfer-Encoding: chunked",
        body=b"14\r\n" + body + b"\r\n0\r\n" + AUTHORIZATION.encode() + b"\r\n\r\n",
    )
    refused("chunks: credentials in the trailer alone", raw(unauthorized), 401, 400)
    replies = raw(request("POST", "/servers", body=b"{") + request(), expected=2)
    check("a refusal and then a reply on one connection", [reply.status for reply in replies] == [400, 200], replies)


def judge_hang_ups():
    """Clients that stop in the middle and go away; nothing of theirs may be done."""
    body = b'{"name":"malformed"}'
    whole = request("POST", "/servers", body=body)
    head = request("POST", "/servers", "Content-Length: 100", body=b"")
    starts = {
        "nothing": b"", "in the method": b"PO", "in the path": b"POST /v1/ser",
        "in the version": b"POST /v1/servers HTT", "in a field": whole[:60], "before the body": whole[: -len(body)],
        "in the body": whole[:-3], "behind a body that is too short": head + body,
        "in a chunk": request("POST", "/servers", "Transfer-Encoding: chunked") + b"14\r\n" + body,
        "before the last chunk": request("POST", "/servers", "Transfer-Encoding: chunked") + b"14\r\n" + body + b"\r\n",
        "in the last chunk": request("POST", "/servers", "Transfer-Encoding: chunked")
        + b"14\r\n"
        + body
        + b"\r\n0\r\n",
        "waiting for 100 Continue": request("POST", "/servers", "Content-Length: 100", "Expect: 100-continue"),
        "in the body of 100 MB": request("POST", "/servers", f"Content-Length: {100 * MEBIBYTE}") + b" " * 300_000,
    }
    for name, data in starts.items():
        for is_hard in (False, True):
            connection = connect()
            for start in range(0, min(len(data), 40), 8):
                give(connection, data[start : start + 8])
                time.sleep(0.004)
            give(connection, data[40:])
            time.sleep(0.05)
            if is_hard:  # The connection ends by a reset.
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            connection.close()
            title = f"hang up {name}{', hard' if is_hard else ''}"
            if stands(title):
                check(title, True)
    waiting = [connect() for _ in range(100)]
    for number, connection in enumerate(waiting):
        give(connection, whole[: number % len(whole)])
    if stands("100 half requests at a time"):
        check("100 half requests at a time leave room for another", True)
    for connection in waiting:
        connection.close()
    if stands("100 half requests that went away"):
        check("100 half requests that went away change nothing", True)


def give(connection, data):
    try:
        connection.sendall(data)
    except OSError:
        pass  # A server may have had enough of it.


def memory():
    """The memory that the process holds, in MiB."""
    with open(f"/proc/{options.pid}/status", encoding="ascii") as file:
        return int(re.search(r"VmRSS:\s+(\d+) kB", file.read())[1]) / 1024


def judge_memory(folder):
    """The heavy ones again and again; the rounds before the first look are for what is kept once and for all."""
    sizes = []
    for number in range(6):
        for arguments in heavy_bodies(folder).values():
            curl("/v1/servers", *arguments, method="POST")
        for data in heavy_heads().values():
            raw(data, wait=5)
        for body in [*DEEP.values(), BOMB, b"[" + b"1," * 500_000, b'"' + b"x" * (MEBIBYTE - 2) + b'"']:
            post("/servers", body)
        sizes.append(memory())
    if stands("the heavy ones repeated"):
        check(
            f"memory is flat over 4 rounds of the heavy ones ({', '.join(f'{size:.0f}' for size in sizes)} MiB)",
            sizes[-1] - sizes[1] < 64, sizes,
        )


def judge(folder):
    before = account()
    user = next(item for item in before["sysusers"] if item["name"] != "serverpilot")
    server = next(item for item in before["servers"] if item["id"] == user["serverid"])
    app = next(item for item in before["apps"] if item["sysuserid"] == user["id"] and item["ssl"] is None)
    database = next(item for item in before["dbs"] if item["appid"] == app["id"])
    reply = post("/sshkeys", {"name": "malformed's own", "public_key": public_key(8)})
    key = json.loads(reply.body)["data"]
    state["account"] = account()
    with open(folder + "/large", "wb") as file:
        file.write(b'{"name":"malformed"}'.ljust(100 * MEBIBYTE))
    for part, arguments in (
        (judge_json, [server]), (judge_fields, [server, user, app, database, key]), (judge_credentials, []),
        (judge_paths, [server]), (judge_page, []), (judge_methods, [server]), (judge_versions, []),
        (judge_lengths, [server]), (judge_heads, []), (judge_bodies, [server, folder]), (judge_hang_ups, []),
        *([(judge_memory, [folder])] if options.pid else []),
    ):
        part(*arguments)
    curl("/v1/sshkeys/" + key["id"], method="DELETE")
    check("the account is as before", account() == before)


try:
    with tempfile.TemporaryDirectory() as temporary:
        judge(temporary)
except Exception as error:  # What is not as it should be may make any step impossible.
    check("the judge comes to its end", False, f"{type(error).__name__}: {error}")
    traceback.print_exc()
print(f"{counts['findings']} findings")
print(f"{counts['passed']} passed, {counts['failed']} failed")
raise SystemExit(1 if counts["failed"] else 0)
