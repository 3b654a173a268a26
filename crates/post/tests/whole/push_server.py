"""A push service for tests: the status that it answers is read from the file `mode`."""
import http.server
import json
import os
import ssl
import sys

folder = sys.argv[1]


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        try:
            with open(os.path.join(folder, "push-mode")) as file:
                status = int(file.read().strip())
        except (FileNotFoundError, ValueError):
            status = 201
        length = int(self.headers.get("content-length") or 0)
        seen = {
            "path": self.path,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "length": len(self.rfile.read(length)),
        }
        with open(os.path.join(folder, "pushes.jsonl"), "a") as file:
            file.write(json.dumps(seen) + "\n")
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem"))
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
server.serve_forever()
