"""A mail server for tests: what it is to do is read from the file `mode` at each step."""
import asyncio
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

folder, kind = sys.argv[1], sys.argv[2]


def mode():
    try:
        with open(os.path.join(folder, "mode")) as file:
            return file.read().strip()
    except FileNotFoundError:
        return ""


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        said = mode()
        if said.startswith("rcpt-"):
            return said[5:] + " no"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        said = mode()
        if said == "slow":
            await asyncio.sleep(20)
        if said == "drop":
            server.transport.abort()
            return "421 gone"
        if said.startswith("data-"):
            return said[5:] + " no"
        message = {
            "to": envelope.rcpt_tos,
            "encrypted": session.ssl is not None or kind == "tls",
            "signed_in": session.authenticated,
            "text": envelope.content.decode("utf-8", "replace"),
        }
        with open(os.path.join(folder, "received.jsonl"), "a") as file:
            file.write(json.dumps(message) + "\n")
            file.flush()
            os.fsync(file.fileno())
        if said == "taken-then-slow":
            await asyncio.sleep(3)
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    fits = data.login == b"stairgate" and data.password == b"plum tree hat"
    return AuthResult(success=fits, handled=False)


def context():
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.load_cert_chain(os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem"))
    return made


def talk():
    return SMTP(
        Handler(),
        hostname="localhost",
        tls_context=context() if kind == "starttls" else None,
        require_starttls=kind == "starttls",
        auth_require_tls=kind == "starttls",
        authenticator=authenticate,
    )


async def main():
    loop = asyncio.get_running_loop()
    over = context() if kind == "tls" else None
    server = await loop.create_server(talk, "127.0.0.1", 0, ssl=over)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
