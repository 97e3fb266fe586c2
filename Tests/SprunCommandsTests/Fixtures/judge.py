"""An HTTP server that treats its client badly, and counts what the client asks for.

    judge.py MODE

It prints "port N" once it accepts connections, then a line for each request, when it has the whole of it and before it
answers:

    request GET /v1/servers
    change POST /v1/sysusers        (a request of any other method)

and "taken N" for the bytes that a client took of an endless body. It ends by a signal.
It shares no code with its clients: what it counts is what came over the wire.
"""

import base64
import json
import socket
import sys
import threading
import urllib.parse

MODE = sys.argv[1]
GIGABYTE = 1 << 30
SERVER = {
    "id": "srvAAAAAAAAAAAA1", "name": "www1", "plan": "economy", "autoupdates": True, "firewall": True,
    "deny_unknown_domains": False, "available_runtimes": ["php8.3", "php8.4"], "lastaddress": "192.0.2.1",
    "lastconn": 1700000000, "datecreated": 1600000000,
}
USER = {"id": "usrAAAAAAAAAAAA1", "name": "acme", "serverid": SERVER["id"]}
ESCAPES = "www1\x1b[31m\x1b]0;title\x07\x9b2J\r\u202egpj.exe"

output = threading.Lock()
counts = {"all": 0}


def say(text):
    with output:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


# The users that were made.
made = []


class Gone(Exception):
    pass


class Conversation:
    """One connection and the requests on it."""

    def __init__(self, connection, listener):
        self.connection = connection
        self.listener = listener
        self.file = connection.makefile("rb")

    def run(self):
        try:
            while self.exchange():
                pass
        except (OSError, Gone):
            pass
        finally:
            self.connection.close()

    def exchange(self):
        words = self.file.readline().decode("latin-1").split()
        if len(words) < 3:
            return False
        method, path = words[0], words[1]
        fields = {}
        while True:
            line = self.file.readline().decode("latin-1").strip()
            if not line:
                break
            name, _, value = line.partition(":")
            fields[name.lower()] = value.strip()
        body = self.file.read(int(fields.get("content-length", "0")))
        with output:
            counts["all"] += 1
            number = counts["all"]
        say(("request" if method == "GET" else "change") + " " + method + " " + path)
        self.answer(number, method, path.removeprefix("/v1"), body, fields)
        return True

    def send(self, status, body, fields=()):
        head = [f"HTTP/1.1 {status} Said", "Content-Type: application/json", f"Content-Length: {len(body)}", *fields]
        self.connection.sendall("\r\n".join(head + ["", ""]).encode() + body)

    def reply(self, document, status=200, fields=()):
        self.send(status, json.dumps(document).encode(), fields)

    def refuse(self, status, message, fields=()):
        self.reply({"error": {"message": message}}, status, fields)

    def answer(self, number, method, path, body, fields):
        getattr(self, MODE.replace("-", "_"))(number, method, path, body, fields)

    # The modes: first what is right, also for the requests that another mode does not spoil.

    def honest(self, number, method, path, body, fields):
        if path.startswith("/actions/"):
            action = {"id": path.split("/")[2], "serverid": SERVER["id"], "status": "success", "datecreated": 1}
            self.reply({"data": action})
        elif method == "POST" and path == "/sysusers":
            made.append(USER)
            self.reply({"data": USER, "actionid": "actAAAAAAAAAAAA1"})
        elif path == "/servers":
            self.reply({"data": [SERVER]})
        elif path == "/servers/" + SERVER["id"]:
            self.reply({"data": SERVER})
        elif method == "GET" and path == "/sysusers":
            self.reply({"data": made})
        elif method == "GET" and path in ("/apps", "/dbs", "/sshkeys"):
            self.reply({"data": []})
        else:
            self.refuse(404, "not here")

    def refusing(self, number, method, path, body, fields):
        self.refuse(401, "Invalid credentials.")

    def asking(self, number, method, path, body, fields):
        """Takes the client id cid_right with the key key_right only."""
        expected = "Basic " + base64.b64encode(b"cid_right:key_right").decode()
        if fields.get("authorization") == expected:
            self.honest(number, method, path, body, fields)
        else:
            self.refuse(401, "Invalid credentials.")

    def action(self, status, *request):
        if request[2].startswith("/actions/"):
            identifier = request[2].split("/")[2]
            self.reply(
                {"data": {"id": identifier, "serverid": SERVER["id"], "status": status, "datecreated": 1}})
        else:
            self.honest(*request)

    def action_error(self, *request):
        self.action("error", *request)

    def action_open(self, *request):
        self.action("open", *request)

    def gone(self, *request):
        """Answers once, then is not there any more."""
        # Closing alone would leave it open as long as the other thread waits for a connection.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.honest(*request)
        raise Gone

    def half(self, *request):
        """A whole HTTP reply with half a document."""
        self.send(200, b'{"data": [{"id": "srvAAAAAAAAAAAA1", "na')

    def half_change(self, *request):
        if request[1] == "POST":
            made.append(USER)
            self.half(*request)
        else:
            self.honest(*request)

    def cut(self, *request):
        """Half of what was announced, then the end of the connection."""
        self.connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"data": [')
        raise Gone

    def cut_change(self, *request):
        """The change is made, and the connection lost with the reply."""
        if request[1] == "POST":
            made.append(USER)
            self.cut(*request)
        else:
            self.honest(*request)

    def flood(self, *request):
        """A gigabyte without an announced length."""
        self.connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        piece = b" " * 65536
        chunk = b"%x\r\n" % len(piece) + piece + b"\r\n"
        self.pour(chunk, len(piece))

    def flood_announced(self, *request):
        """A gigabyte with an announced length."""
        self.connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % GIGABYTE)
        piece = b" " * 65536
        self.pour(piece, len(piece))

    def pour(self, piece, size):
        taken = 0
        try:
            while taken < GIGABYTE:
                self.connection.sendall(piece)
                taken += size
        finally:
            say(f"taken {taken}")

    def redirect(self, *request):
        if request[2].startswith("/elsewhere"):
            self.honest(*request)
        else:
            self.send(302, b"", ["Location: /v1/elsewhere"])

    def fault(self, *request):
        """The change is made, the answer is a 500."""
        if request[1] == "POST":
            made.append(USER)
            self.send(500, b"<html>oops</html>")
        else:
            self.honest(*request)

    def echo(self, *request):
        """What ServerPilot does with a request that it cannot read."""
        if request[1] == "POST":
            self.refuse(400, "Invalid JSON request: " + request[3].decode())
        else:
            self.honest(*request)

    def leak(self, *request):
        """The same in words that nobody has seen yet."""
        if request[1] == "POST":
            self.refuse(400, "Not acceptable: " + request[3].decode())
        else:
            self.honest(*request)

    def mirror(self, *request):
        """A gateway that tells in its refusal what it was sent as credentials, in every form that it knows."""
        header = request[4].get("authorization", "")
        key = base64.b64decode(header.partition(" ")[2]).decode().partition(":")[2]
        basic = header.partition(" ")[2]
        url = basic.replace("+", "-").replace("/", "_").rstrip("=")
        forms = [header, key, json.dumps(key), urllib.parse.quote(key, safe=""), urllib.parse.quote(header, safe=""), url,
                 "".join("\\u%04x" % ord(character) for character in key)]
        self.refuse(403, "Denied: " + " | ".join(forms))

    def mirror_change(self, *request):
        """The same, but only to those who want to change something."""
        if request[1] == "POST":
            self.mirror(*request)
        else:
            self.honest(*request)

    def escapes(self, *request):
        """Names and messages that would move the cursor and recolour the terminal."""
        if request[2] == "/servers":
            self.reply({"data": [dict(SERVER, name=ESCAPES)]})
        elif request[1] == "POST":
            self.refuse(400, ESCAPES)
        else:
            self.honest(*request)

    def hold(self, *request):
        """Answers changes only when told so by a line on standard input."""
        if request[1] == "POST":
            sys.stdin.readline()
        self.honest(*request)

    def busy(self, *request):
        """Asks to wait, once."""
        if request[0] == 1:
            self.refuse(429, "Slow down.", ["Retry-After: 0"])
        else:
            self.honest(*request)


def main():
    listener = socket.create_server(("127.0.0.1", 0))  # any port that is free
    say(f"port {listener.getsockname()[1]}")
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            listener.close()
            break
        threading.Thread(target=Conversation(connection, listener).run, daemon=True).start()
    # The listener is gone; what was counted stays told until the one who started this ends it.
    threading.Event().wait()


main()
