"""A provider of machines on loopback: DigitalOcean's API v2 and Hetzner Cloud's v1, as far as sprun uses them.

Facts are from https://docs.digitalocean.com/reference/api/ and https://docs.hetzner.cloud/reference/cloud. What a test
needs to see and to spoil comes on top: creation is slow, some requests are put off, some replies are lost. The first
line of its output is JSON with `url` and `pid`; it ends with SIGTERM. `--state` is a JSON file with everything that is
there and was there, written before a reply goes out, so that a judge reads what happened and asks nobody:

  machines   those that are there         removed    those that were
  keys       SSH keys                     requests   "METHOD /path/:id" and how often it came
  creations  machines that were made      lost, throttled  how many requests were spoiled in that way

Without a token in `Authorization: Bearer`, or with another one: 401. `GET /files/NAME` gives a file of `--files` and
asks for no token. `POST /_stand_in` takes settings as JSON, such as {"lose": 1, "is_booting": false}: see Settings.
"""
import argparse
import base64
import dataclasses
import hashlib
import http.server
import json
import os
import re
import ssl
import sys
import threading
import time
import urllib.parse


@dataclasses.dataclass
class Settings:
    """What spoils the provider; all of it can be changed while it runs."""
    # A machine is up after so many looks at it.
    polls: int = 3
    # Whether machines get up at all.
    is_booting: bool = True
    # Every nth request is put off with 429, and tells to wait so many seconds; 0 is never.
    throttle_every: int = 0
    retry_after: int = 1
    # The next so many creations of machines are made, and the connection is closed in place of a reply.
    lose: int = 0
    # The next so many creations are not made, and the connection is closed.
    drop: int = 0
    # The next so many creations are made, and answered with 500.
    fail_after: int = 0
    # Whether the same goes for creations of SSH keys.
    spoils_keys: bool = False
    # A new machine is in lists only after so many of them.
    lag: int = 0
    # The address of every machine that is up.
    address: str = "127.0.0.1"
    # Seconds before each reply.
    delay: float = 0.0


class NoReply(Exception):
    """The connection is closed without one."""


class Refusal(Exception):
    """A reply that is no success: its status, and code and message as providers say them."""

    def __init__(self, status, code, message, headers=None):
        super().__init__(message)
        self.status, self.code, self.message, self.headers = status, code, message, headers or {}


class Provider:
    """The account at the provider, and its file. A lock is held for each request."""

    def __init__(self, path, token, settings):
        self.path, self.token, self.settings, self.lock = path, token, settings, threading.Lock()
        self.state = {"machines": [], "removed": [], "keys": [], "requests": {}, "creations": 0, "lost": 0,
                      "throttled": 0, "next_id": 300000001, "count": 0}
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                self.state = json.load(file)
        self.save()

    def save(self):
        with open(self.path + ".new", "w", encoding="utf-8") as file:
            json.dump(self.state, file, indent=1)
        os.replace(self.path + ".new", self.path)

    def count(self, method, path):
        """Counts a request, and puts it off where it is its turn."""
        state = self.state
        state["count"] += 1
        name = f"{method} {re.sub(r'/[0-9]+', '/:id', path)}"
        state["requests"][name] = state["requests"].get(name, 0) + 1
        if self.settings.throttle_every and state["count"] % self.settings.throttle_every == 0:
            state["throttled"] += 1
            # Both providers tell how many requests are left, and when there are more again.
            raise Refusal(429, None, "too many requests", {
                "Retry-After": str(self.settings.retry_after), "RateLimit-Remaining": "0",
                "RateLimit-Reset": str(int(time.time()) + self.settings.retry_after)})

    def created(self, make):
        """Makes something, unless the request is to be lost; the reply is lost where that is set."""
        settings = self.settings
        if settings.drop > 0:
            settings.drop -= 1
            self.state["lost"] += 1
            raise NoReply
        made = make()
        if settings.lose > 0:
            settings.lose -= 1
            self.state["lost"] += 1
            raise NoReply
        if settings.fail_after > 0:
            settings.fail_after -= 1
            self.state["lost"] += 1
            raise Refusal(500, None, "an error within the service")
        return made

    def new_machine(self, api, document, tags):
        def make():
            machine = {"id": self.new_id(), "api": api, "name": document["name"], "tags": tags, "polls": 0, "lists": 0,
                       "is_up": False, "wanted": document}
            self.state["machines"].append(machine)
            self.state["creations"] += 1
            return machine
        return self.created(make)

    def new_key(self, document):
        def make():
            material = document["public_key"].split()[1]
            digest = hashlib.md5(base64.b64decode(material + "==")).hexdigest()
            key = {"id": self.new_id(), "name": document["name"], "public_key": document["public_key"],
                   "fingerprint": ":".join(digest[i:i + 2] for i in range(0, 32, 2))}
            self.state["keys"].append(key)
            return key
        return self.created(make) if self.settings.spoils_keys else make()

    def new_id(self):
        self.state["next_id"] += 1
        return self.state["next_id"]

    def has_key(self, public_key):
        return any(key["public_key"].split()[1] == public_key.split()[1] for key in self.state["keys"])

    def look(self, machine):
        """A look at a machine, after some of which it is up."""
        machine["polls"] += 1
        machine["is_up"] = machine["is_up"] or (self.settings.is_booting and machine["polls"] > self.settings.polls)
        return machine

    def listed(self, api):
        for machine in self.state["machines"]:
            machine["lists"] += 1
        return [self.look(machine) for machine in self.state["machines"]
                if machine["api"] == api and machine["lists"] > self.settings.lag]

    def machine(self, api, number):
        for machine in self.state["machines"]:
            if machine["api"] == api and machine["id"] == int(number):
                return machine
        raise Refusal(404, "not_found", "The resource you requested could not be found.")

    def remove(self, api, number):
        machine = self.machine(api, number)
        self.state["machines"].remove(machine)
        self.state["removed"].append(machine)


def required(document, *names):
    for name in names:
        if not document.get(name):
            raise Refusal(422, "invalid_input", f"{name} is missing")


def page(items, query):
    """The page of a list that is asked for, and whether another one follows."""
    number, size = int(query.get("page", 1)), int(query.get("per_page", 25))
    if size > 200:
        raise Refusal(422, "invalid_input", "per_page is too large")
    return items[(number - 1) * size:number * size], number * size < len(items), number


class DigitalOcean:
    """API v2: POST is answered with 202, errors are {id, message}, an address comes with `active`."""
    prefix = "/v2"

    def __init__(self, provider):
        self.provider = provider
        self.routes = [
            ("GET", r"/v2/droplets", self.list), ("POST", r"/v2/droplets", self.create),
            ("GET", r"/v2/droplets/(\d+)", self.get), ("DELETE", r"/v2/droplets/(\d+)", self.delete),
            ("GET", r"/v2/account/keys", self.keys), ("POST", r"/v2/account/keys", self.create_key),
        ]

    @staticmethod
    def error(refusal):
        codes = {401: "Unauthorized", 404: "not_found", 422: "unprocessable_entity", 429: "too_many_requests"}
        return {"id": codes.get(refusal.status, "server_error"), "message": refusal.message}

    def droplet(self, machine):
        wanted, networks = machine["wanted"], []
        if machine["is_up"]:
            networks = [{"type": "private", "ip_address": "10.135.0.2", "netmask": "255.255.0.0"},
                        {"type": "public", "ip_address": self.provider.settings.address, "netmask": "255.255.240.0"}]
        return {"id": machine["id"], "name": machine["name"], "status": "active" if machine["is_up"] else "new",
                "tags": machine["tags"], "networks": {"v4": networks, "v6": []}, "size_slug": wanted["size"],
                "region": {"slug": wanted["region"]}, "locked": not machine["is_up"]}

    def paged(self, key, items, query):
        items, has_more, number = page(items, query)
        pages = {"next": f"http://127.0.0.1/?page={number + 1}"} if has_more else {}
        return 200, {key: items, "links": {"pages": pages}, "meta": {"total": len(items)}}

    def list(self, query, _):
        tag = query.get("tag_name")
        droplets = [self.droplet(machine) for machine in self.provider.listed("v2")
                    if tag is None or tag in machine["tags"]]
        return self.paged("droplets", droplets, query)

    def create(self, _, document):
        required(document, "name", "region", "size", "image", "ssh_keys")
        known = {key["id"] for key in self.provider.state["keys"]}
        known |= {key["fingerprint"] for key in self.provider.state["keys"]}
        if not set(document["ssh_keys"]) <= known:
            raise Refusal(422, None, f"{document['ssh_keys']} are invalid key identifiers for Droplet creation.")
        machine = self.provider.new_machine("v2", document, document.get("tags") or [])
        return 202, {"droplet": self.droplet(machine), "links": {"actions": []}}

    def get(self, _, __, number):
        return 200, {"droplet": self.droplet(self.provider.look(self.provider.machine("v2", number)))}

    def delete(self, _, __, number):
        self.provider.remove("v2", number)
        return 204, None

    def keys(self, query, _):
        return self.paged("ssh_keys", self.provider.state["keys"], query)

    def create_key(self, _, document):
        required(document, "name", "public_key")
        if self.provider.has_key(document["public_key"]):
            raise Refusal(422, None, "SSH Key is already in use on your account")
        return 201, {"ssh_key": self.provider.new_key(document)}


class Hetzner:
    """API v1: POST is answered with 201, errors are {error: {code, message}}, names are unique, an address comes
    at once."""
    prefix = "/v1"

    def __init__(self, provider):
        self.provider = provider
        self.routes = [
            ("GET", r"/v1/servers", self.list), ("POST", r"/v1/servers", self.create),
            ("GET", r"/v1/servers/(\d+)", self.get), ("DELETE", r"/v1/servers/(\d+)", self.delete),
            ("GET", r"/v1/ssh_keys", self.keys), ("POST", r"/v1/ssh_keys", self.create_key),
        ]

    @staticmethod
    def error(refusal):
        codes = {401: "unauthorized", 404: "not_found", 429: "rate_limit_exceeded", 500: "server_error"}
        code = refusal.code or codes.get(refusal.status, "invalid_input")
        return {"error": {"code": code, "message": refusal.message, "details": None}}

    def server(self, machine):
        wanted = machine["wanted"]
        status = "running" if machine["is_up"] else "initializing"
        return {"id": machine["id"], "name": machine["name"], "status": status, "labels": dict(machine["tags"]),
                "server_type": {"name": wanted["server_type"]},
                "location": {"name": wanted.get("location")},
                "public_net": {"ipv4": {"ip": self.provider.settings.address, "blocked": False},
                               "ipv6": {"ip": "2001:db8::/64"}}}

    def paged(self, key, items, query):
        items, has_more, number = page(items, query)
        pagination = {"page": number, "next_page": number + 1 if has_more else None}
        return 200, {key: items, "meta": {"pagination": pagination}}

    def list(self, query, _):
        name, selector = query.get("name"), query.get("label_selector")
        label, _, value = (selector or "").partition("==")
        servers = [self.server(machine) for machine in self.provider.listed("v1")
                   if (name is None or machine["name"] == name)
                   and (selector is None or dict(machine["tags"]).get(label) == value)]
        return self.paged("servers", servers, query)

    def create(self, _, document):
        required(document, "name", "server_type", "image", "ssh_keys")
        if not set(document["ssh_keys"]) <= {key["id"] for key in self.provider.state["keys"]}:
            raise Refusal(422, "invalid_input", "invalid input in field 'ssh_keys'")
        if any(machine["api"] == "v1" and machine["name"] == document["name"]
               for machine in self.provider.state["machines"]):
            raise Refusal(409, "uniqueness_error", "server name is already used")
        machine = self.provider.new_machine("v1", document, list((document.get("labels") or {}).items()))
        return 201, {"server": self.server(machine), "action": {"id": 1, "status": "running", "error": None},
                     "next_actions": [], "root_password": None}

    def get(self, _, __, number):
        return 200, {"server": self.server(self.provider.look(self.provider.machine("v1", number)))}

    def delete(self, _, __, number):
        self.provider.remove("v1", number)
        return 200, {"action": {"id": 2, "command": "delete_server", "status": "running"}}

    def keys(self, query, _):
        return self.paged("ssh_keys", self.provider.state["keys"], query)

    def create_key(self, _, document):
        required(document, "name", "public_key")
        if self.provider.has_key(document["public_key"]) or any(
                key["name"] == document["name"] for key in self.provider.state["keys"]):
            raise Refusal(409, "uniqueness_error", "SSH key not unique")
        return 201, {"ssh_key": self.provider.new_key(document)}


class Handler(http.server.BaseHTTPRequestHandler):
    """One request: counted, spoiled or answered, and written down before its reply goes out."""
    protocol_version = "HTTP/1.1"
    provider = files = None

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.answer("GET")

    def do_POST(self):
        self.answer("POST")

    def do_DELETE(self):
        self.answer("DELETE")

    def answer(self, method):
        target = urllib.parse.urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if method == "GET" and target.path.startswith("/files/"):
            return self.file(target.path.removeprefix("/files/"))
        time.sleep(self.provider.settings.delay)
        with self.provider.lock:
            if target.path == "/_stand_in":
                return self.control(body)
            headers = {"RateLimit-Remaining": "1000"}
            api = DigitalOcean(self.provider) if target.path.startswith(DigitalOcean.prefix) else Hetzner(self.provider)
            try:
                status, document = self.reply(api, method, target, body)
            except Refusal as refusal:
                status, document, headers = refusal.status, api.error(refusal), refusal.headers
            except NoReply:
                self.provider.save()
                self.close_connection = True
                return None
            self.provider.save()
        return self.send(status, document, headers)

    def reply(self, api, method, target, body):
        self.provider.count(method, target.path)
        if self.headers.get("Authorization") != f"Bearer {self.provider.token}":
            raise Refusal(401, "unauthorized", "Unable to authenticate you")
        try:
            document = json.loads(body) if body else {}
        except ValueError:
            raise Refusal(400, "json_error", "the body is no JSON") from None
        query = dict(urllib.parse.parse_qsl(target.query))
        for known, pattern, handle in api.routes:
            match = re.fullmatch(pattern, target.path)
            if known == method and match:
                return handle(query, document, *match.groups())
        raise Refusal(404, "not_found", "The resource you requested could not be found.")

    def control(self, body):
        for name, value in json.loads(body or b"{}").items():
            if name not in {field.name for field in dataclasses.fields(Settings)}:
                return self.send(400, {"unknown": name})
            setattr(self.provider.settings, name, value)
        return self.send(200, dataclasses.asdict(self.provider.settings))

    def file(self, name):
        path = os.path.join(self.files or "", os.path.basename(name))
        if not self.files or not os.path.isfile(path):
            return self.send(404, {"message": "there is no such file"})
        with open(path, "rb") as file:
            content = file.read()
        self.send_response(200)
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return self.wfile.write(content)

    def send(self, status, document, headers=None):
        content = b"" if document is None else json.dumps(document).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return self.wfile.write(content)


class Server(http.server.ThreadingHTTPServer):
    """Many requests at once; a client that goes away, as one that is killed, is nothing to speak of."""
    daemon_threads = True

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--state", required=True, help="the JSON file with what is there")
    parser.add_argument("--token", required=True, help="@FILE with the token that is right")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--files", help="a folder whose files are given to everybody")
    parser.add_argument("--tls", metavar="CERTIFICATE:KEY", help="answers by HTTPS, with these PEM files")
    parser.add_argument("--settings", default="{}", help="JSON of what spoils it")
    given = parser.parse_args()
    # Not as a word of this command: a judge looks through those of all processes for it.
    with open(given.token.removeprefix("@"), encoding="utf-8") as file:
        token = file.read().strip()
    Handler.provider = Provider(given.state, token, Settings(**json.loads(given.settings)))
    Handler.files = given.files
    server = Server(("127.0.0.1", given.port), Handler)
    if given.tls:
        certificate, _, key = given.tls.partition(":")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "https" if given.tls else "http"
    print(json.dumps({"url": f"{scheme}://127.0.0.1:{server.server_port}", "pid": os.getpid()}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
