"""Serves recipes over HTTPS on loopback, by ways that a client has to bear: files.py CERTIFICATE KEY PORTFILE.

/x.lua is the recipe on standard input; /elsewhere.lua leads there, /around.lua to itself, /plain.lua to http://,
/large.lua sends without end, everything else is 404.
"""
import http.server
import os
import ssl
import sys

recipe = sys.stdin.buffer.read()


class Files(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        leads = {"/elsewhere.lua": "/x.lua", "/around.lua": "/around.lua", "/plain.lua": "http://192.0.2.1/x.lua"}
        if self.path in leads:
            self.send_response(302)
            self.send_header("Location", leads[self.path])
            self.end_headers()
        elif self.path == "/x.lua":
            self.send_response(200)
            self.send_header("Content-Length", str(len(recipe)))
            self.end_headers()
            self.wfile.write(recipe)
        elif self.path == "/large.lua":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"-" * 65536)
            except OSError:
                pass
        else:
            self.send_error(404)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Files)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
server.socket = context.wrap_socket(server.socket, server_side=True)
with open(sys.argv[3] + ".new", "w", encoding="ascii") as file:
    file.write(str(server.server_address[1]))
os.rename(sys.argv[3] + ".new", sys.argv[3])
server.serve_forever()
